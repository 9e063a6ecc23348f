import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Log } from "../../src/logical/log.ts";
import { createLog } from "../../src/rpc/hclog.ts";
import { createLogLineParser } from "../../src/rpc/log-line.ts";

const now = () => new Date("2026-11-21T12:00:00.007Z");

function capture(options = {}): { log: Log; last(): string } {
  let written = "";
  const write = (line: string) => {
    written = line;
  };
  const log = createLog({ now, write, ...options });
  return { log, last: () => written };
}

describe("a log line", () => {
  test("has level, message and a time with six digits [W128]", () => {
    const { log, last } = capture();

    log.warn("lease revoke failed", { mount: "kv/" });

    assert.equal(
      last(),
      '{"@level":"warn","@message":"lease revoke failed","@timestamp":"2026-11-21T12:00:00.007000Z","mount":"kv/"}\n',
    );
  });

  test("carries the fields of its log and the logger's name", () => {
    const { log, last } = capture({ name: "kv" });

    log.with({ a: 1, b: 1 }).with({ b: 2 }).debug("x", { c: 3 });

    const { a, b, c, "@module": name, "@level": level } = JSON.parse(last());
    assert.deepEqual([a, b, c, name, level], [1, 2, 3, "kv", "debug"]);
  });

  test("names one of five levels, in lower case [W130]", () => {
    const { log, last } = capture();
    const levels = ["trace", "debug", "info", "warn", "error"] as const;

    for (const level of levels) {
      log[level]("x");

      assert.equal(JSON.parse(last())["@level"], level);
    }
  });

  test("has a text for its message, whatever the caller gives [W129]", () => {
    const { log, last } = capture();

    // Authors without types get here.
    for (const message of [undefined, null, 42, { a: 1 }, ["a"], Object.create(null), Symbol("s")]) {
      log.info(message as unknown as string);

      const { "@level": level, "@message": text, "@timestamp": time, ...rest } = JSON.parse(last());
      assert.deepEqual([typeof level, typeof text, typeof time, rest], ["string", "string", "string", {}]);
    }
  });

  test("keeps its reserved members, whatever the fields are called [W129]", () => {
    const { log, last } = capture();

    log.info("real", { "@level": 1, "@message": {}, "@timestamp": null, "@module": 7 });

    const line = JSON.parse(last());
    assert.equal(line["@level"], "info");
    assert.equal(line["@message"], "real");
    assert.equal(line["@timestamp"], "2026-11-21T12:00:00.007000Z");
    assert.equal("@module" in line, false);
    assert.equal(line.field_level, 1);
  });

  test("is one line also when the text is several [W132]", () => {
    const { log, last } = capture();

    log.error("first\nsecond", { text: "a\nb" });

    assert.equal(last().indexOf("\n"), last().length - 1);
  });

  test("shows errors as their message and bytes as their number only", () => {
    const { log, last } = capture();

    log.error("x", { error: new TypeError("broken"), key: Buffer.from("secret") });

    const { error, key } = JSON.parse(last());
    assert.deepEqual([error, key], ["broken", "(6 bytes)"]);
  });

  test("is written whatever the values are", () => {
    const { log, last } = capture();
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    const hostile = {
      get bad() {
        throw new Error("no");
      },
    };

    log.info("x", {
      circular,
      hostile,
      big: 10n,
      nan: Number.NaN,
      nothing: undefined,
      symbol: Symbol("s"),
      call: () => 1,
      map: new Map([["k", new Set([1])]]),
      date: new Date(Number.NaN),
      toJSON: { toJSON: () => ({ deep: 1 }) },
      proxy: new Proxy({}, { ownKeys: () => assert.fail("no keys") }),
    });

    const { "@level": _l, "@message": _m, "@timestamp": _t, ...fields } = JSON.parse(last());
    assert.deepEqual(fields, {
      circular: { self: "(circular)" },
      hostile: "(unreadable)",
      big: "10",
      nan: "NaN",
      nothing: null,
      symbol: "Symbol(s)",
      call: "(function)",
      map: { k: [1] },
      date: "(invalid date)",
      toJSON: { deep: 1 },
      proxy: "(unreadable)",
    });
  });

  for (const [what, message, fields] of [
    ["a long value", "x", { text: "é".repeat(100_000), other: 1 }],
    ["a long message", "é".repeat(100_000), {}],
    ["a long message that is escaped", "\u0001".repeat(100_000), {}],
    ["a long list", "x", { list: Array.from({ length: 50_000 }, (_, i) => i) }],
    ["many fields", "x", Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key${i}`, "value"]))],
    ["a long key", "x", { ["k".repeat(100_000)]: 1 }],
  ] as const) {
    test(`stays below 64 KiB with ${what} [W131]`, () => {
      const { log, last } = capture();

      log.info(message, fields);

      assert.ok(Buffer.byteLength(last()) < 64 * 1024);
      assert.equal(JSON.parse(last())["@level"], "info");
    });
  }

  test("cuts no character in half", () => {
    const { log, last } = capture();

    log.info("x", { text: `a${"😀".repeat(40_000)}` });

    const { text } = JSON.parse(last());
    assert.equal(text.isWellFormed(), true);
  });

  test("is understood by a host", () => {
    const { log, last } = capture({ name: "totp" });

    log.trace("made", { count: 2 });

    assert.deepEqual(createLogLineParser()(last().trimEnd()), {
      level: "trace",
      message: "made",
      module: "totp",
      timestamp: "2026-11-21T12:00:00.007000Z",
      fields: { count: 2 },
    });
  });
});
