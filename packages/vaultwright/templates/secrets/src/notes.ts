import { entries, list, path, t, UserError } from "@vaultwright/core";

interface Note {
  readonly text: string;
  readonly pinned: boolean;
}

/** Where the notes are stored; the server encrypts them. */
const notes = entries<Note>("note/");

/** `notes`: the names of the notes. */
export const notesPath = path("notes", {
  summary: "List the notes.",
  fields: {},
  list: async ({ storage }) => list(await notes.list(storage)),
});

/** `notes/NAME`: one note. */
export const notePath = path("notes/:name", {
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
