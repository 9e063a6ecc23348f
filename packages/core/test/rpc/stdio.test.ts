import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { StdioData } from "../../src/gen/plugin/stdio.ts";
import { createStdio, type Stdio } from "../../src/rpc/stdio.ts";

const path = "/plugin.GRPCStdio/StreamStdio";

/** Opens the stream as a host does. */
function open(stdio: Stdio, signal: AbortSignal = new AbortController().signal): AsyncIterator<Uint8Array> {
  const method = stdio.service.get(path);
  assert.ok(method?.kind === "stream");
  const request = (async function* () {
    yield new Uint8Array();
  })();
  return method.handle(request, { metadata: new Map(), signal })[Symbol.asyncIterator]();
}

async function next(stream: AsyncIterator<Uint8Array>): Promise<string | undefined> {
  const { value, done } = await stream.next();
  return done ? undefined : Buffer.from(StdioData.decode(value).data).toString();
}

test("output comes in pieces of a kibibyte, also what was written before the host asked", async () => {
  const stdio = createStdio();
  stdio.write(Buffer.from(`${"a".repeat(1024)}b`));
  const stream = open(stdio);

  assert.equal(await next(stream), "a".repeat(1024));
  assert.equal(await next(stream), "b");
  const later = next(stream);
  await Promise.resolve();
  stdio.write(Buffer.from("c"));
  assert.equal(await later, "c");
});

test("the stream stays open while there is nothing to send [W51]", async () => {
  const stdio = createStdio();
  const first = next(open(stdio));

  assert.equal(await Promise.race([first, nextTurn("still open")]), "still open");

  stdio.write(Buffer.from("a"));
  assert.equal(await first, "a");
});

test("a host that has the stream and does not read it loses what is older than a mebibyte", async () => {
  const stdio = createStdio();
  const stream = open(stdio);
  stdio.write(Buffer.from("first"));
  await next(stream);

  for (let count = 0; count < 3000; count += 1) stdio.write(Buffer.from(`${count}`));
  const kept = [];
  while (kept.length < 1024) kept.push(await next(stream));
  stdio.write(Buffer.from("last"));

  assert.deepEqual([kept.at(0), kept.at(-1), await next(stream)], ["1976", "2999", "last"]);
});

test("the stream ends when the host cancels it, and when it opens another", async () => {
  const stdio = createStdio();
  const controller = new AbortController();

  const first = next(open(stdio));
  await new Promise(setImmediate);
  const second = next(open(stdio, controller.signal));
  assert.equal(await first, undefined);
  await new Promise(setImmediate);
  controller.abort();

  assert.equal(await second, undefined);
});
