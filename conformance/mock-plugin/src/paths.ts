import { setTimeout as delay } from "node:timers/promises";
import { entries, path, t, walk } from "@vaultwright/core";

const values = entries<{ readonly value: string }>("values/");

/** Throws what no plugin should throw. */
export const failure = path("failure", {
  summary: "Throws.",
  fields: {},
  read() {
    throw new TypeError("deliberate failure with inner details");
  },
});

/** Gives back what it is given. */
export const echo = path("echo", {
  summary: "Gives back its data.",
  fields: { data: t.map({ description: "Anything." }) },
  update: ({ fields }) => ({ data: { data: fields.data } }),
});

/** Answers late. */
export const sleep = path("sleep", {
  summary: "Answers after some time.",
  fields: { milliseconds: t.int({ required: true, description: "How long." }) },
  async update({ fields, signal }) {
    await delay(fields.milliseconds, undefined, { signal });
    return { data: { slept: fields.milliseconds } };
  },
});

/** Writes to stdout in every way there is. */
export const print = path("print", {
  summary: "Prints to stdout and stderr.",
  fields: { text: t.string({ required: true, description: "What to print." }) },
  update({ fields }) {
    console.log(fields.text);
    process.stdout.write(`${fields.text}\n`);
    console.error(fields.text);
  },
});

/** Writes to the server's log. */
export const logged = path("log", {
  summary: "Logs.",
  fields: {
    level: t.oneOf(["trace", "debug", "info", "warn", "error"], { required: true, description: "The level." }),
    text: t.string({ required: true, description: "The message." }),
  },
  update({ fields, log }) {
    log[fields.level](fields.text, { answer: 42 });
  },
});

/** Stores texts, one by one. */
export const stored = path("values/:name", {
  summary: "A stored text.",
  fields: { name: t.name({ description: "Its name." }), value: t.string({ required: true, description: "The text." }) },
  async read({ fields, storage }) {
    const found = await values.get(storage, fields.name);
    return found && { data: { value: found.value } };
  },
  update: ({ fields, storage }) => values.put(storage, fields.name, { value: fields.value }),
  delete: ({ fields, storage }) => values.delete(storage, fields.name),
});

/** Names the stored texts, for servers that ask for recursive lists. */
export const tree = path("values", {
  summary: "The stored texts.",
  fields: {},
  async scan({ storage }) {
    const keys = await Array.fromAsync(walk(storage, "values/"));
    return { data: { keys: keys.map((key) => key.slice("values/".length)) } };
  },
});

/** Open to callers without a token, as far as hosts take its entries so. */
export const open = path(/(one|more)\/.+/, {
  summary: "Open in part.",
  fields: {},
  unauthenticated: ["one/+", "more/+/*"],
  read: () => ({ data: { open: true } }),
});
