import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLogLineParser } from "../../src/rpc/log-line.ts";

describe("a plugin's line in the host", () => {
  for (const [what, line] of [
    ["three digits in its time", '{"@level":"info","@message":"m","@timestamp":"2026-11-21T12:00:00.007Z"}'],
    ["no zone in its time", '{"@level":"info","@message":"m","@timestamp":"2026-11-21T12:00:00.007000"}'],
    ["an unknown level", '{"@level":"notice","@message":"m"}'],
    ["no level", '{"@message":"m"}'],
    ["a message that is no text", '{"@level":"info","@message":1}'],
    ["broken JSON", '{"@level":"info"'],
    ["no JSON", "hello"],
  ] as const) {
    test(`is taken as it is at debug with ${what}`, () => {
      assert.deepEqual(createLogLineParser()(line), { level: "debug", message: line, fields: {} });
    });
  }

  test("may have a numeric zone or no time", () => {
    const parse = createLogLineParser();

    assert.equal(
      parse('{"@level":"warn","@message":"m","@timestamp":"2026-11-21T12:00:00.007000+01:00"}').level,
      "warn",
    );
    assert.equal(parse('{"@level":"error","@message":"m"}').level, "error");
  });

  test("takes its level from a mark in brackets", () => {
    assert.deepEqual(createLogLineParser()("[WARN]  low"), { level: "warn", message: " low", fields: {} });
  });

  test("is an error after a crash began, unless it has a mark", () => {
    const parse = createLogLineParser();

    const levels = ["before", "panic: it broke", "at line 1", "[INFO] marked", "at line 2"].map(
      (it) => parse(it).level,
    );

    assert.deepEqual(levels, ["debug", "error", "error", "info", "error"]);
  });
});
