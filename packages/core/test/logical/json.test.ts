import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJson, stringifyJson } from "../../src/logical/json.ts";

test("integers keep all their digits both ways", () => {
  const text = '{"big":-123456789012345678901234567890,"small":5,"double":1.5e+300}';

  assert.deepEqual(parseJson(text), { big: -123_456_789_012_345_678_901_234_567_890n, small: 5, double: 1.5e300 });
  assert.equal(stringifyJson(parseJson(text)), text);
});

test("a zero keeps its sign both ways", () => {
  assert.equal(stringifyJson(parseJson('{"a":-0,"b":[0,-0.0]}')), '{"a":-0,"b":[0,-0]}');
});

test("an integer of more digits than anybody needs is refused before it costs time", () => {
  assert.equal(typeof parseJson("9".repeat(1000)), "bigint");
  assert.throws(() => parseJson("9".repeat(1001)), { name: "RangeError", message: "an integer has too many digits" });
});

test("a number that is not finite is refused, and not written as null", () => {
  const message = 'a number that is not finite cannot be written as JSON (member "ratio")';

  assert.throws(() => stringifyJson({ ratio: Number.NaN }), { name: "TypeError", message });
  assert.throws(() => stringifyJson({ ratio: Number.POSITIVE_INFINITY }), { name: "TypeError", message });
});

test("an object whose content JSON cannot show is refused, and not written as {}", () => {
  const hidden = { headers: new Map([["a", 1]]), set: new Set([1]), forgotten: Promise.resolve(1), error: new Error() };

  for (const [name, value] of Object.entries(hidden))
    assert.throws(() => stringifyJson({ [name]: value }), {
      message: `a value of type ${value.constructor.name} cannot be written as JSON (member "${name}")`,
    });
});

test("bytes are refused, since every host would write them in another way", () => {
  assert.throws(() => stringifyJson({ key: Uint8Array.of(1) }), /a value of type Uint8Array .*member "key"/);
  assert.throws(() => stringifyJson({ key: Buffer.from("a") }), /a value of type Buffer /);
});

test("functions and symbols are refused, and not left out", () => {
  assert.throws(() => stringifyJson({ a: () => 1 }), /a function cannot be written as JSON \(member "a"\)/);
  assert.throws(() => stringifyJson([Symbol("a")]), /a symbol cannot be written as JSON/);
  assert.throws(() => stringifyJson(undefined), { message: "undefined cannot be written as JSON" });
});

test("dates, objects of classes and absent members are written as JSON does", () => {
  class Point {
    readonly x = 1;
  }

  const text = stringifyJson({ at: new Date(0), point: new Point(), empty: Object.create(null), absent: undefined });

  assert.equal(text, '{"at":"1970-01-01T00:00:00.000Z","point":{"x":1},"empty":{}}');
});

test("a member that is named like the prototype is written and read", () => {
  assert.equal(stringifyJson(parseJson('{"__proto__":{"constructor":1}}')), '{"__proto__":{"constructor":1}}');
});
