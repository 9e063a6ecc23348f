import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Builder, path, secretsEngine, t, type UserError } from "../../src/index.ts";
import { parseJson } from "../../src/logical/json.ts";
import { harness } from "../../src/testing/index.ts";
import { type Row, rows } from "./coercion-rows.ts";

type Kind = keyof typeof rows;

for (const [kind, table] of Object.entries(rows))
  describe(`t.${kind}`, () => {
    for (const row of table as readonly Row[]) test(title(row), () => check(kind as Kind, row));
  });

describe("what generated values showed Go to do", () => {
  const found = [
    ["lowerCaseString", '"\u0391\u03a3"', { gives: '"\u03b1\u03c3"' }],
    ["lowerCaseString", '"\u0130"', { gives: '"i"' }],
    ["strings", '["\ufeffa\u0085"]', { gives: '["\ufeffa"]' }],
    ["float", '"0x._8p4"', "refused"],
    ["float", '"0x0p99999"', { gives: "0" }],
    ["map", '[null,[{"a":1}]]', { gives: '{"a":1}' }],
    ["pairs", '[{"a":{}},{"a":"x"}]', "refused"],
    ["pairs", '{"team":["ops"]}', { refuses: '"team": expected a string, got an array' }],
    ["pairs", '[{"team":"a"},{"team":{}}]', { refuses: '"team": expected a string, got an object' }],
    ["pairs", '[["ops"]]', { refuses: "expected a string, got an array" }],
    ["pairs", '"\u00a0"', { refuses: 'invalid key pair "\\u00a0"' }],
    ["seconds", '"9223372036854775808"', { refuses: 'time: missing unit in duration "9223372036854775808"' }],
    [
      "seconds",
      '"9223372036854775808d"',
      { refuses: 'strconv.ParseInt: parsing "9223372036854775808": value out of range' },
    ],
    ["seconds", '"5\u00e9\\""', { refuses: String.raw`time: unknown unit "\xc3\xa9\"" in duration "5\xc3\xa9\""` }],
    ["seconds", '"9000000000s999999999ns"', { gives: "9000000001" }],
    ["time", '"2024-01-02T3:04:05Z"', { gives: '"2024-01-02T03:04:05Z"' }],
    ["time", '"2024-01-02T03:04:05+24:00"', { gives: '"2024-01-01T03:04:05Z"' }],
    ["time", '"2024-02-30T03:04:05Z"', "refused"],
    ["header", '"{\\"a\\":1e20}"', { gives: '{"A":["1e20"]}' }],
    ["header", '"eyJhIjoi\\nYiJ9"', { gives: '{"A":["b"]}' }],
  ] as const satisfies readonly (readonly [Kind, string, Row[2]])[];
  for (const [kind, input, result] of found) {
    const row: Row = [`t.${kind}`, input, result];
    test(title(row), () => check(kind, row));
  }
});

test("a header of very many values takes no long time", () => {
  const values = Array.from({ length: 300_000 }, () => "v");

  assert.equal(t.header().parse({ a: values })?.get("A")?.length, 300_000);
});

function title([id, input, result]: Row): string {
  if (result === "absent") return `${id}: counts ${input} as absent`;
  if (result === "refused" || "refuses" in result) return `${id}: refuses ${input}`;
  return `${id}: reads ${input} as ${result.gives}`;
}

async function check(kind: Kind, [, input, result]: Row): Promise<void> {
  const seen = read(kind, JSON.parse(input));

  if (result === "absent") return assert.equal(await seen, undefined);
  if (result === "refused") return assert.rejects(seen, /^UserError: Field validation failed: error converting input/);
  if ("gives" in result && kind === "time") return assert.deepEqual(await seen, new Date(JSON.parse(result.gives)));
  if ("gives" in result && kind === "int64") return assert.equal(await seen, BigInt(result.gives));
  if ("gives" in result) return assert.deepEqual(plain(await seen), JSON.parse(result.gives));
  const message = `Field validation failed: error converting input for field "f": ${result.refuses}`;
  return assert.rejects(seen, { kind: "user", message });
}

/** Sends a value to a path with one field and gives what the handler sees. */
async function read(kind: Kind, value: unknown): Promise<unknown> {
  let seen: unknown;
  const sample = path("x", {
    summary: "",
    fields: { f: (t[kind] as Builder<unknown>)() },
    update({ fields }) {
      seen = fields.f;
    },
  });
  const mount = await harness(() => secretsEngine({ help: "", paths: [sample] }));
  await mount.request("update", "x", { f: value });
  return seen;
}

/** A value as the table writes it. */
function plain(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

test("a zero below zero keeps its sign in a text", () => {
  assert.deepEqual(t.string()["~standard"].validate(-0), { value: "-0" });
});

test("integers beyond 2^53 keep their digits on the way through JSON", async () => {
  const exact = parseJson("9007199254740993");

  assert.equal(await read("int64", exact), 9007199254740993n);
  assert.equal(await read("string", exact), "9007199254740993");
  assert.equal(await read("int64", "9007199254740993"), 9007199254740993n);
  assert.equal(await read("int", exact), 9007199254740992);
});

test("integers beyond 64 bits are refused", async () => {
  await assert.rejects(read("int64", parseJson("9223372036854775808")), /out of range/);
  await assert.rejects(read("int", `1${"0".repeat(150)}`), /out of range/);
});

test("texts of megabytes are refused at once", async () => {
  const started = performance.now();

  for (const kind of ["int", "seconds", "float", "time"] as const)
    await assert.rejects(read(kind, `${"1".repeat(1_000_000)}x`));

  assert.ok(performance.now() - started < 1000);
});

test("members called __proto__ stay members", async () => {
  const given = JSON.parse('{"__proto__":"x"}');

  for (const kind of ["map", "pairs"] as const) {
    const seen = (await read(kind, given)) as object;
    assert.deepEqual(Object.entries(seen), [["__proto__", "x"]]);
    assert.equal(Object.getPrototypeOf(seen), Object.prototype);
  }
  assert.deepEqual([...((await read("header", given)) as Map<string, string[]>)], [["__proto__", ["x"]]]);
});

test("a refusal does not repeat the value", async () => {
  for (const kind of ["string", "int", "bool", "float", "map", "strings", "commaInts"] as const)
    await assert.rejects(
      read(kind, [["s3cret"], { s3cret: "s3cret" }]),
      (error: UserError) => !/s3cret/.test(error.message),
    );
});

test("a long text that is no pair is refused without being repeated", async () => {
  const message = 'Field validation failed: error converting input for field "f": invalid key pair';

  await assert.rejects(read("pairs", "secret".repeat(20)), { kind: "user", message });
  await assert.rejects(read("header", ["secret".repeat(20)]), { kind: "user", message });
});
