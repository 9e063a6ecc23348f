import { test } from "node:test";
import { entries, LogicalError, path, type Response, secretsEngine, t } from "../src/index.ts";
import { harness } from "../src/testing/index.ts";

const odd: Record<string, () => unknown> = {
  null: () => null,
  fn: () => ({ data: { f: () => 1, sym: Symbol("x") } }),
  nan: () => ({ data: { n: NaN, i: Infinity } }),
  date: () => ({ data: { d: new Date(0) } }),
  map: () => ({ data: { m: new Map([["a", 1]]), s: new Set([1]) } }),
  bytes: () => ({ data: { b: Uint8Array.of(1, 2), c: Buffer.from("x") } }),
  bigint: () => ({ data: { b: 2n ** 70n } }),
  undef: () => ({ data: { u: undefined, a: [undefined] } }),
  array: () => ({ data: [1] }),
  dataText: () => ({ data: "x" }),
  dataNull: () => ({ data: null }),
  dataFn: () => ({ data: () => 1 }),
  dataMap: () => ({ data: new Map([["a", 1]]) }),
  text: () => "text",
  number: () => 5,
  arr: () => [],
  warn: () => ({ warnings: "abc" }),
  warnN: () => ({ warnings: [1] }),
  redirect: () => ({ redirect: 5 }),
  headers: () => ({ headers: { a: ["b"] } }),
  hv: () => ({ headers: new Map([["a", "b"]]) }),
  err: () => ({ data: { error: "x" } }),
  errN: () => ({ data: { error: 5 } }),
  secretErr: () => ({ secret: {}, data: { error: "x" } }),
  circ: () => {
    const a: any = {};
    a.a = a;
    return { data: a };
  },
  circCause: () => {
    const a: any = new Error("x");
    a.cause = a;
    if (process.env.C) throw a;
    return null;
  },
  throwNull: () => {
    throw null;
  },
  throwObj: () => {
    throw { message: "secret" };
  },
  throwSym: () => {
    throw Symbol("s");
  },
  proxyErr: () => {
    throw new Proxy(new Error("x"), {
      get() {
        throw new Error("trap");
      },
    });
  },
  frozen: () => Object.freeze({ data: Object.freeze({ a: 1 }) }),
  proto: () => ({ data: JSON.parse('{"__proto__":{"a":1},"constructor":2,"toString":3}') }),
};
test("probe", async () => {
  const p = path("x/:which", {
    summary: "",
    fields: { which: t.name() },
    read: ({ fields }) => odd[fields.which]!() as Response,
  });
  const mount = await harness(() => secretsEngine({ help: "", paths: [p] }));
  for (const k of Object.keys(odd)) {
    try {
      const r = await mount.read("x/" + k);
      console.log(
        k,
        "->",
        r,
        r?.data && JSON.stringify(r.data, (_, v) => (typeof v === "bigint" ? String(v) + "n" : v)),
      );
    } catch (e) {
      const e2 = e as any;
      console.log(
        k,
        "!!",
        e2.kind,
        e2.message,
        mount.logs.at(-1)?.fields["error"] instanceof Error
          ? (mount.logs.at(-1)?.fields["error"] as any).message
          : mount.logs.at(-1)?.fields["error"],
      );
    }
  }
  const e = entries<any>("e/");
  for (const v of [
    { a: 2n ** 60n, b: 5n, c: 1e16, d: new Date(0), m: new Map([["a", 1]]), f: NaN, by: Uint8Array.of(1) },
  ]) {
    await e.put(mount.storage, "x", v).then(
      async () => console.log(await e.get(mount.storage, "x")),
      (x) => console.log("put", x),
    );
  }
  for (const id of ["__proto__", "constructor", "a\u0000b", "\ud800", "é/日本", "a".repeat(10000), " "]) {
    await e.put(mount.storage, id, 1);
    console.log(id.slice(0, 20), await e.get(mount.storage, id));
  }
  const q = path("y", {
    summary: "",
    fields:
      JSON.parse('{"a":1}') &&
      ({
        ["__proto__"]: t.string(),
        constructor: t.int64(),
        toString: t.map(),
        h: t.header(),
        p: t.pairs(),
        req: t.string({ required: true }),
        list: t.list(),
      } as any),
    update: ({ fields }: any) => {
      console.log(fields, Object.keys(fields));
      return { data: fields };
    },
  } as any);
  const m2 = await harness(() => secretsEngine({ help: "", paths: [q] }));
  console.log(
    JSON.stringify(
      await m2.write(
        "y",
        JSON.parse(
          '{"__proto__":"x","constructor":123,"toString":{"__proto__":{"b":1}},"h":{"__proto__":"v"},"p":["__proto__=1"],"req":null}',
        ),
      ),
      (_, v) => (typeof v === "bigint" ? v + "n" : v),
    ),
  );
  for (const f of [
    () => path("x/:toString", { summary: "", fields: {} as any, read: () => {} }),
    () => path("x", undefined as any),
    () => path(undefined as any, { summary: "", fields: {}, read() {} }),
    () => path("x", { fields: {}, read() {} } as any),
    () => path("x", { summary: "", read() {} } as any),
    () => path("x", { summary: "", fields: { a: "string" }, read() {} } as any),
    () => secretsEngine({ paths: [] } as any),
    () => path("x", { summary: "", fields: {}, read: 5 } as any),
    () => path("x", { summary: "", fields: {}, read: {} } as any),
    () => secretsEngine({ help: "", paths: [{} as any] }),
    () => secretsEngine({ help: "" } as any),
  ]) {
    try {
      f();
      console.log("no error", String(f));
    } catch (x) {
      console.log(String(f), "=>", (x as Error).name, (x as Error).message);
    }
  }
});
