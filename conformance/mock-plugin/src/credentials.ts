import { entries, path, secret, t } from "@vaultwright/core";

const issued = entries<{ readonly renewals: number }>("issued/");

/** A leased credential; storage tells what the server did to its lease. */
export const credential = secret("mock-credential", {
  internal: { name: t.string({ required: true }) },
  ttl: 60,
  async renew({ internal, storage }) {
    const before = await issued.get(storage, internal.name);
    await issued.put(storage, internal.name, { renewals: (before?.renewals ?? 0) + 1 });
    return { ttl: 120 };
  },
  revoke: ({ internal, storage }) => issued.delete(storage, internal.name),
});

/** Issues a credential on a write, and tells about it on a read. */
export const credentials = path("credentials/:name", {
  summary: "A leased credential.",
  fields: { name: t.name({ description: "Its name." }) },
  async update({ fields, storage }) {
    await issued.put(storage, fields.name, { renewals: 0 });
    return credential.issue({ data: { user: fields.name }, internal: { name: fields.name } });
  },
  async read({ fields, storage }) {
    const found = await issued.get(storage, fields.name);
    return found && { data: { renewals: found.renewals } };
  },
});
