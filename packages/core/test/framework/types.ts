// What the authoring interface promises to the compiler, and what it must refuse beside what rejected.ts holds. Compiled only: nothing here runs.
import {
  entries,
  list,
  type Path,
  pageFields,
  path,
  rawResponse,
  secret,
  secretsEngine,
  t,
  token,
} from "../../src/index.ts";

// @ts-expect-error `:rest` has no field behind its mark
path("keys/:rest+", { summary: "", fields: {}, async read() {} });
// @ts-expect-error a default of another type
t.int({ default: "x" });
// @ts-expect-error a login with an error cannot be said: failures are thrown
path("x", { summary: "", fields: {}, update: () => ({ auth: {}, error: "no" }) });
// @ts-expect-error nor can a lease together with a login
path("x", { summary: "", fields: {}, update: () => ({ auth: {}, secret: {} }) });
// @ts-expect-error one request, one answer: not two at once
path("x", { summary: "", fields: {}, read: () => [{ data: { a: 1 } }, { data: { a: 2 } }] });
// @ts-expect-error nor one after the other
path("x", { summary: "", fields: {}, read: async function* () {} });
// @ts-expect-error a raw answer needs a content type
rawResponse({ status: 200 });
// @ts-expect-error unless it has no content, and then no body
rawResponse({ status: 204, body: "x" });
// @ts-expect-error only what is recovered has a source
path("x", { summary: "", fields: {}, read: ({ sourceFields }) => ({ data: { from: sourceFields() } }) });

export const faces: Path = path("k/:name/:version?", {
  summary: "",
  fields: {
    name: t.name(),
    version: t.int(),
    secret: t.string({ required: true }),
    period: t.seconds({ default: "1m" }),
    algorithm: t.oneOf(["A", "B"], { default: "A" }),
    size: t.int64({ default: 3 }),
    tags: t.commaStrings(),
    labels: t.pairs(),
  },
  read({ fields }) {
    // @ts-expect-error nothing is required on a read
    const secret: string = fields.secret;
    const [name, version]: [string, number] = [fields.name, fields.version];
    const [period, size]: [number, bigint] = [fields.period, fields.size];
    const algorithm: "A" | "B" = fields.algorithm;
    const tags: readonly string[] | undefined = fields.tags;
    // @ts-expect-error tags may be absent
    const present: readonly string[] = fields.tags;
    // @ts-expect-error no such field
    fields.nope;
    // @ts-expect-error what was read stays as it is
    fields.name = "other";
    return { data: { secret, name, version, period, size, algorithm, tags, present } };
  },
  update({ fields }) {
    const secret: string = fields.secret;
    return { data: { secret } };
  },
  patch({ fields }) {
    const secret: string | null | undefined = fields.secret;
    const name: string = fields.name;
    // @ts-expect-error a patch may leave out or clear a field
    const period: number = fields.period;
    return { data: { secret, name, period } };
  },
  delete: {
    summary: "Delete it.",
    deprecated: true,
    returns: { deleted: t.bool() },
    handler: ({ fields }) => ({ data: { deleted: fields.name !== "" } }),
  },
});

export const restored: Path = path("r/:name", {
  summary: "",
  fields: { name: t.name(), password: t.string({ required: true }), ...pageFields },
  update: { forwardPerformanceStandby: true, forwardPerformanceSecondary: true, handler() {} },
  list({ fields }) {
    const page: { readonly after?: string; readonly limit?: number } = fields;
    return list(Object.keys(page));
  },
  recover({ fields, sourceFields }) {
    const [to, from]: [string, string] = [fields.name, sourceFields().name];
    // @ts-expect-error what a snapshot showed need not have it
    const password: string = fields.password;
    return { data: { to, from, password } };
  },
});

export const raw: Path = path(/^any(\/(?<name>.+))?$/, {
  summary: "",
  fields: { name: t.string() },
  read({ fields }) {
    // @ts-expect-error the compiler cannot look into a regular expression
    const name: string = fields.name;
    return { data: { name } };
  },
});

const users = entries<{ readonly name: string }>("user/");

export const stored: Path = path("users/:name", {
  summary: "",
  fields: { name: t.name() },
  async read({ fields, storage, signal }) {
    const user = await users.get(storage, fields.name, { signal });
    // @ts-expect-error no such member
    void user?.nope;
    return user && { data: { name: user.name } };
  },
  exists: async ({ fields, storage }) => (await users.get(storage, fields.name)) !== undefined,
  // @ts-expect-error not what is stored there
  write: ({ fields, storage }) => users.put(storage, fields.name, { nam: "x" }),
});

const tagged = entries<{ readonly tags?: readonly string[] }>("tagged/");

export const whole: Path = path("tagged/:name", {
  summary: "",
  fields: { name: t.name(), tags: t.strings(), ttl: t.seconds({ default: 0 }) },
  // A field that was not given is no member, so the rest fits where a member may be missing.
  update: ({ fields: { name, ttl: _, ...rest }, storage }) => tagged.put(storage, name, rest),
  patch({ fields: { ttl, tags } }) {
    const cleared: boolean = ttl === null || tags === null;
    return { data: { cleared } };
  },
});

export const account = secret("account", {
  internal: { id: t.string({ required: true }), region: t.string() },
  renew: ({ internal, lease }) => ({ ttl: Math.min(lease.increment, internal.id.length) }),
  revoke({ internal }) {
    // @ts-expect-error region may be absent
    const region: string = internal.region;
    void region;
  },
});
account.issue({ data: {}, internal: { id: "x" } });
// @ts-expect-error internal data needs an id
account.issue({ data: {}, internal: { region: "x" } });
secretsEngine({ help: "", paths: [faces], secrets: [account] });

export const session = token({
  internal: { fruit: t.string({ required: true }) },
  renew({ internal, auth }) {
    if (internal.fruit === "" || !auth.policies) return;
    return { ttl: 30, maxTtl: 3600 };
  },
});
// @ts-expect-error internal data is missing
session.grant({ policies: ["a"] });
// @ts-expect-error a group alias is no text
session.grant({ internal: { fruit: "banana" }, groupAliases: ["a"] });
