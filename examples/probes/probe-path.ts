import { clearStorage, type Locks, mergePatch, type Path, path, t, UserError } from "@vaultwright/core";
import { probeFields, probeOf, probes } from "./probe.ts";
import { results } from "./results.ts";

/** `probes/NAME`: one probe. */
export function probePath(locks: Locks): Path {
  return path("probes/:name", {
    summary: "Say what is asked of a server.",
    fields: { name: t.name({ description: "Name of the probe." }), ...probeFields },

    async read({ fields, storage }) {
      const probe = await probes.get(storage, fields.name);
      return probe && { data: probe };
    },

    update: ({ fields: { name, owner, contact = owner, ...probe }, storage }) =>
      locks.exclusive(name, () => probes.put(storage, name, { ...probe, contact })),

    // It reads, changes and writes back: of two patches at once, one would be lost.
    patch: ({ fields: { name, owner, contact = owner, ...changes }, storage }) =>
      locks.exclusive(name, async () => {
        const patched = probeOf(mergePatch(await probes.get(storage, name), { ...changes, contact }));
        if (!patched) throw new UserError("url cannot be cleared");
        await probes.put(storage, name, patched);
      }),

    delete: ({ fields: { name }, storage, signal }) =>
      locks.exclusive(name, () =>
        storage.transaction(async (inside) => {
          // The probe goes last: where there are no transactions, a delete that failed can be repeated.
          await clearStorage(inside, `${results.key}${name}/`, { signal });
          await probes.delete(inside, name);
        }),
      ),
  });
}
