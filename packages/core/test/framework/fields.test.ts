import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { path, t } from "../../src/index.ts";
import { mounted } from "./sample.ts";

const seen = ({ fields }: { readonly fields: object }) => ({ data: { fields } });
const sample = path("x/:name", {
  summary: "",
  fields: {
    name: t.name(),
    secret: t.string({ required: true }),
    period: t.seconds({ default: "1m" }),
    tags: t.commaStrings({ default: "a,b" }),
    size: t.int({ default: 7 }),
    labels: t.map({ default: { a: 1 } }),
    note: t.string(),
    algorithm: t.oneOf(["A", "B"]),
  },
  read: seen,
  update: seen,
  patch: seen,
});
const defaults = { period: 60, tags: ["a", "b"], size: 7, labels: { a: 1 } };

async function send(
  operation: "read" | "update" | "patch",
  data?: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  return (await (await mounted([sample])).request(operation, "x/n", data))?.data?.["fields"];
}

describe("in a write", () => {
  test("defaults stand for what is absent", async () => {
    assert.deepEqual(await send("update", { secret: "s" }), { name: "n", secret: "s", ...defaults });
  });

  test("a required field is asked for by name", async () => {
    await assert.rejects(send("update"), { kind: "user", message: 'missing required field "secret"' });
  });

  test("null is a value of most kinds, and absence for durations and choices [S63, S64]", async () => {
    const data = { secret: null, period: null, tags: null, size: null, labels: null, note: null, algorithm: null };

    assert.deepEqual(await send("update", data), {
      ...{ name: "n", secret: "", period: 60, tags: [], size: 0, labels: {}, note: "" },
    });
  });

  test("a choice takes its values only", async () => {
    await assert.rejects(send("update", { secret: "", algorithm: "C" }), {
      kind: "user",
      message: 'Field validation failed: error converting input for field "algorithm": must be one of A, B',
    });
  });

  test("the first field that is wrong is named", async () => {
    await assert.rejects(
      send("update", { size: [], period: [] }),
      /field "period": could not parse duration from input$/,
    );
  });

  test("what an object inherits is no field", async () => {
    const inherited = path("y", {
      summary: "",
      fields: { toString: t.string(), constructor: t.string() },
      update: seen,
    });

    const response = await (await mounted([inherited])).write("y", {});

    assert.deepEqual(Object.keys(response?.data?.["fields"] ?? { x: 1 }), []);
  });
});

describe("allowed values", () => {
  const limited = path("limited", {
    summary: "",
    fields: {
      size: t.int({ allowedValues: [1, 2] }),
      big: t.int64({ allowedValues: [3n] }),
      color: t.lowerCaseString({ allowedValues: ["red", "blue"] }),
      tags: t.commaStrings({ allowedValues: ["a", "b"] }),
    },
    update: seen,
  });
  const write = async (data: Readonly<Record<string, unknown>>) =>
    (await (await mounted([limited])).request("update", "limited", data))?.data?.["fields"];

  test("are taken as the field reads them, in a list each for itself", async () => {
    const data = { size: "0x2", color: "RED", tags: "a, b" };

    assert.deepEqual(await write(data), { size: 2, color: "red", tags: ["a", "b"] });
  });

  test("are the only ones", async () => {
    for (const [name, value, message] of [
      ["size", 3, "must be one of 1, 2"],
      ["big", 4, "must be one of 3"],
      ["tags", "a,c", "must be one of a, b"],
    ] as const)
      await assert.rejects(write({ [name]: value }), {
        kind: "user",
        message: `Field validation failed: error converting input for field "${name}": ${message}`,
      });
  });

  test("leave null to mean that the field is not given, or that a list is empty", async () => {
    assert.deepEqual(await write({ size: null, color: null, tags: null }), { tags: [] });
  });
});

describe("in a read", () => {
  test("nothing is required and defaults hold", async () => {
    assert.deepEqual(await send("read"), { name: "n", ...defaults });
  });

  test("the query is read like a body", async () => {
    assert.deepEqual(await send("read", { size: "0x10", note: "q" }), { name: "n", ...defaults, size: 16, note: "q" });
  });
});

describe("in a patch", () => {
  test("nothing is required and no default holds", async () => {
    assert.deepEqual(await send("patch", { size: "3" }), { name: "n", size: 3 });
  });

  test("null stays null for every kind", async () => {
    const data = { secret: null, period: null, tags: null, size: null, labels: null, algorithm: null };

    assert.deepEqual(await send("patch", data), { name: "n", ...data });
  });

  test("a bad value is refused", async () => {
    await assert.rejects(send("patch", { period: -1 }), { kind: "user" });
  });
});

test("an older name of a field stands in for a newer one [S66]", async () => {
  const renamed = path("renamed", {
    summary: "",
    fields: { address: t.string(), url: t.string({ deprecated: true }) },
    update: ({ fields }) => ({ data: { used: fields.address ?? fields.url ?? null } }),
  });
  const mount = await mounted([renamed]);
  const used = async (data: object) => (await mount.request("update", "renamed", { ...data }))?.data?.["used"];

  assert.equal(await used({ address: "new", url: "old" }), "new");
  assert.equal(await used({ address: "", url: "old" }), "");
  assert.equal(await used({ url: "old" }), "old");
  assert.equal(await used({}), null);
});

test("a field tells its default without a request [S67]", async () => {
  const size = t.int({ default: 7 });
  const defaults = path("defaults", {
    summary: "",
    fields: { size },
    update: ({ fields }) => ({ data: { given: fields.size, default: size.fallback() } }),
  });

  const response = await (await mounted([defaults])).request("update", "defaults", { size: 9 });

  assert.deepEqual(response?.data, { given: 9, default: 7 });
  assert.equal(t.int().fallback(), undefined);
});

describe("a field as Standard Schema", () => {
  test("gives values", () => {
    const { version, vendor, validate } = t.seconds({ default: 5 })["~standard"];

    assert.deepEqual([version, vendor], [1, "vaultwright"]);
    assert.deepEqual(validate("1m"), { value: 60 });
    assert.deepEqual(validate(undefined), { value: 5 });
  });

  test("gives issues", () => {
    assert.deepEqual(t.seconds()["~standard"].validate(-1), {
      issues: [{ message: "cannot provide negative value '-1'" }],
    });
    assert.deepEqual(t.string({ required: true })["~standard"].validate(undefined), {
      issues: [{ message: "missing required field" }],
    });
  });
});
