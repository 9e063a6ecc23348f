import { type Call, entries, list, pageFields, path, t, UserError, walk } from "@vaultwright/core";
import { probes } from "./probe.ts";

/** What a server answered. */
export interface Result {
  readonly status: number;
  readonly seconds: number;
}

/** Where the results are stored: below the name of their probe, by their time. */
export const results = entries<Result>("result/");

/** `results/PROBE`: what was answered, and when. */
export const resultsPath = path("results/:probe", {
  summary: "Keep what a server answered.",
  fields: {
    probe: t.name({ description: "Name of the probe." }),
    status: t.int({ required: true, description: "HTTP status." }),
    seconds: t.float({ default: 0, description: "How long it took." }),
    at: t.time({ description: "When it was asked; now without it." }),
    ...pageFields,
  },

  list: async ({ fields: { probe, after = "", limit = 0 }, storage }) =>
    list(await results.list(storage, { folder: `${probe}/`, after, limit })),

  async update({ fields: { probe, at = new Date(), status, seconds }, storage }) {
    if (!(await probes.get(storage, probe))) throw new UserError(`there is no probe "${probe}"`);
    await results.put(storage, `${probe}/${at.toISOString()}`, { status, seconds });
  },
});

/** `results/PROBE/TIME`: one of them. */
export const resultPath = path("results/:probe/:at", {
  summary: "Read what a server answered.",
  fields: {
    probe: t.name({ description: "Name of the probe." }),
    at: t.time({ description: "When it was asked." }),
  },

  read: {
    summary: "Read it.",
    returns: {
      status: t.int({ required: true, description: "HTTP status." }),
      seconds: t.float({ required: true, description: "How long it took." }),
    },
    async handler({ fields: { probe, at }, storage }) {
      const result = await results.get(storage, `${probe}/${at.toISOString()}`);
      return result && { data: result };
    },
  },
});

/** Deletes the results that are older than so many seconds. */
export async function forgetOld({ storage, signal }: Pick<Call, "storage" | "signal">, seconds: number): Promise<void> {
  const oldest = new Date(Date.now() - seconds * 1000).toISOString();
  for await (const key of walk(storage, results.key, { signal }))
    if (key.slice(key.lastIndexOf("/") + 1) < oldest) await storage.delete(key);
}
