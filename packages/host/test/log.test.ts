import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { WriteStream } from "node:tty";
import { createConsoleLog } from "../src/log.ts";

function plainStream(): PassThrough {
  return new PassThrough({ encoding: "utf8" });
}

/** A stream that has colours as a terminal has them. */
function terminal(): PassThrough & { readonly isTTY: true } {
  const getColorDepth = (): number => WriteStream.prototype.getColorDepth({ TERM: "xterm-256color", ...process.env });
  return Object.assign(plainStream(), { isTTY: true as const, getColorDepth });
}

const esc = "\u001b";
const colour = new RegExp(`${esc}\\[\\d+m`, "g");

function linesOf(stream: PassThrough): string[] {
  return String(stream.read()).trimEnd().split("\n");
}

test("writes plain lines where there is no terminal, with the mount before the text", () => {
  const stream = plainStream();
  const log = createConsoleLog(stream).with({ logger: "secrets.kv.kv_1", mount: "kv/" });

  log.info("upgraded", { keys: 3, note: "all done", error: new Error("none") });
  log.warn("slow");

  const [first = "", second = ""] = linesOf(stream);
  assert.match(
    first,
    /^\d{4}-\d\d-\d\dT[\d:.]+Z \[INFO\] secrets\.kv\.kv_1: kv\/: upgraded: keys=3 note="all done" error=none$/,
  );
  assert.match(second, / \[WARN\] secrets\.kv\.kv_1: kv\/: slow$/);
});

test("writes a request at a terminal as method, status, time and path", () => {
  const stream = terminal();

  createConsoleLog(stream).info("request", {
    method: "LIST",
    path: "kv/team",
    status: 200,
    ms: "1.2",
    mount: "kv/",
  });

  const [line = ""] = linesOf(stream);
  assert.match(line.replaceAll(colour, ""), /^\d\d:\d\d:\d\d\.\d{3} LIST {3}200 {5}1\.2 ms {2}kv\/team$/);
});

test("colours levels and mounts at a terminal only", (context) => {
  context.mock.property(process, "env", { TERM: "xterm-256color" });
  const [atTerminal, elsewhere] = [terminal(), plainStream()];

  for (const stream of [atTerminal, elsewhere]) createConsoleLog(stream).error("broken", { mount: "kv/" });

  assert.match(linesOf(atTerminal)[0] ?? "", new RegExp(`${esc}\\[31mERROR `));
  assert.doesNotMatch(linesOf(elsewhere)[0] ?? "", colour);
});

test("uses no colours where NO_COLOR is set", (context) => {
  context.mock.property(process, "env", { TERM: "xterm-256color", NO_COLOR: "1" });
  const stream = terminal();

  createConsoleLog(stream).error("broken", { mount: "kv/" });

  assert.match(linesOf(stream)[0] ?? "", /^\d\d:\d\d:\d\d\.\d{3} ERROR {2}kv\/ broken$/);
});

test("leaves trace and debug out", () => {
  const stream = plainStream();
  const log = createConsoleLog(stream);

  log.trace("a");
  log.debug("b");
  log.info("c");

  assert.equal(linesOf(stream).length, 1);
});

test("begins at the level that is asked for", () => {
  const stream = plainStream();
  const log = createConsoleLog(stream, "debug");

  log.trace("each byte");
  log.debug("each call");

  assert.match(linesOf(stream).join(), /^\S+ \[DEBUG\] each call$/);
});

test("never lets a text begin a line or move a cursor", () => {
  const [atTerminal, elsewhere] = [terminal(), plainStream()];
  const evil = `a\n${esc}[2J\u009bb`;

  for (const stream of [atTerminal, elsewhere]) createConsoleLog(stream).info(evil, { field: evil });

  for (const stream of [atTerminal, elsewhere]) {
    const lines = linesOf(stream);
    assert.equal(lines.length, 1);
    assert.doesNotMatch(lines[0]?.replaceAll(colour, "") ?? "", /\p{Cc}/u);
    assert.match(lines[0] ?? "", /a\\u000a\\u001b\[2J\\u009bb/);
  }
});
