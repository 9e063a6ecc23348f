// Definitions that the compiler must refuse. Nothing here runs: `rejected.test.ts` compiles a copy and reads the messages.
import { mergePatch, type Path, path, secret, t } from "../../src/index.ts";

// @ts-expect-error `:name` has no field
export const a: Path = path("keys/:name", { summary: "", fields: { other: t.string() }, async read() {} });
export const b: Path = path("keys/:name", {
  summary: "",
  fields: { name: t.name(), period: t.int(), alg: t.oneOf(["A", "B"], { default: "A" }) },
  async read({ fields }) {
    const name: string = fields.name;
    // @ts-expect-error period may be absent
    const period: number = fields.period;
    const alg: "A" | "B" = fields.alg;
    // @ts-expect-error no such field
    fields.nope;
    return { data: { name, period, alg } };
  },
});
// @ts-expect-error default not among the values
export const c: unknown = t.oneOf(["A", "B"], { default: "C" });
// @ts-expect-error write needs exists
export const d: Path = path("x", { summary: "", fields: {}, async write() {} });
// @ts-expect-error typo in the reply
export const e: Path = path("x", { summary: "", fields: {}, read: () => ({ dta: {} }) });
export const f: Path = path("x", {
  summary: "",
  fields: { q: t.int() },
  read: { summary: "s", handler: ({ fields }) => ({ data: { q: fields.q } }) },
});
export const g: Path = path("k/:name", {
  summary: "",
  fields: { name: t.name(), secret: t.string({ required: true }), period: t.int({ default: 3 }) },
  read({ fields }) {
    // @ts-expect-error nothing is required on a read
    const secret: string = fields.secret;
    const period: number = fields.period;
    const name: string = fields.name;
    return { data: { secret, period, name } };
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
});

// @ts-expect-error a group of an expression in Go's spelling has no field
export const h: Path = path("creds(/(?P<name>.+))?", { summary: "", fields: { nme: t.string() }, async read() {} });
// @ts-expect-error an allowed value of another type
export const i: unknown = t.int({ allowedValues: ["1"] });
// @ts-expect-error a limited text is written as t.oneOf, whose type knows the values
export const j: unknown = t.string({ allowedValues: ["a"] });
// @ts-expect-error no kind of that name
export const k: unknown = t.integer();
// @ts-expect-error write and update together
export const l: Path = path("kv", { summary: "", fields: {}, exists: () => true, write() {}, update() {} });
// @ts-expect-error a secret must say how it is revoked
export const m: unknown = secret("user", { internal: {} });

interface Key {
  readonly period: number;
  readonly tags: readonly string[];
}
declare const key: Key;
declare const patch: { readonly period?: number | null };
export const n: Path = path("key", { summary: "", fields: {}, read: () => ({ data: key }) });
// @ts-expect-error a list is no data
export const o: Path = path("key", { summary: "", fields: {}, read: () => ({ data: key.tags }) });
// @ts-expect-error nor is a map
export const p: Path = path("key", { summary: "", fields: {}, read: () => ({ data: new Map([["a", 1]]) }) });
// @ts-expect-error nor is a moment
export const q: Path = path("key", { summary: "", fields: {}, read: () => ({ data: new Date() }) });
export const r: Pick<Key, "tags"> & { readonly period?: number } = mergePatch(key, patch);
// @ts-expect-error the patch may have removed a member
export const s: Key = mergePatch(key, patch);
// @ts-expect-error a change of another type
export const u: unknown = mergePatch(key, { period: "1m" });
