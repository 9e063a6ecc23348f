import { list, pageFields, path, t } from "@vaultwright/core";
import { probes } from "./probe.ts";

/** `probes`: the names of the probes. */
export const probesPath = path("probes", {
  summary: "List the probes.",
  fields: pageFields,
  list: async ({ fields, storage }) => list(await probes.list(storage, fields)),
});

/** `zones/ZONE`: what is asked from there. */
export const zonePath = path("zones/:zone", {
  summary: "List the probes of a zone.",
  fields: {
    zone: t.oneOf(["asia", "eu", "us"], { description: "Where they are asked from." }),
    label: t.string({ query: true, description: "Only those that have this label." }),
  },

  async read({ fields, storage }) {
    const found = [];
    for (const name of await probes.list(storage)) {
      const probe = await probes.get(storage, name);
      if (!probe?.zones.includes(fields.zone)) continue;
      if (fields.label === undefined || Object.hasOwn(probe.labels, fields.label)) found.push({ name, url: probe.url });
    }
    return { data: { probes: found } };
  },
});
