import { path, t, writeAheadLog } from "@vaultwright/core";

/** Notes of work that nobody finishes; the server's log tells that it was undone. */
export const unfinished = writeAheadLog<{ readonly name: string }>("mock-work", {
  minAge: 0,
  undo: ({ data, log }) => log.info("work was undone", { name: data.name }),
});

/** Begins work, and leaves it half done. */
export const begin = path("begin/:name", {
  summary: "Begins work that nobody finishes.",
  fields: { name: t.name({ description: "Its name." }) },
  update: async ({ fields, storage }) => void (await unfinished.put(storage, { name: fields.name })),
});
