import { entries, list, path, secretsEngine, serve, t, UserError } from "@vaultwright/core";

interface Note {
  readonly text: string;
  readonly pinned: boolean;
}
const notes = entries<Note>("note/");

const all = path("notes", {
  summary: "List the notes.",
  fields: {},
  list: async ({ storage }) => list(await notes.list(storage)),
});

const one = path("notes/:name", {
  summary: "Keep a note.",
  fields: {
    name: t.name({ description: "Name of the note." }),
    text: t.string({ required: true, description: "What to remember." }),
    pinned: t.bool({ default: false, description: "Whether it must stay." }),
  },
  async read({ fields, storage }) {
    const note = await notes.get(storage, fields.name);
    return note && { data: note };
  },
  update: ({ fields: { name, ...note }, storage }) => notes.put(storage, name, note),
  async delete({ fields, storage }) {
    if ((await notes.get(storage, fields.name))?.pinned) throw new UserError(`${fields.name} is pinned`);
    await notes.delete(storage, fields.name);
  },
});

const engine = secretsEngine({ help: "Notes of a team.", paths: [all, one] });
await serve(() => engine, { name: "vault-plugin-secrets-notes", version: "0.1.0" });
