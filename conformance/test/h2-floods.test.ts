import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createHttp2 } from "../../packages/core/src/rpc/transport/http2/http2.ts";
import { breakRule, dawdle, floods, pour } from "../hosts/h2-floods.ts";
import { type Runtime, startSubject } from "../hosts/h2-process.ts";

const mebibyte = 1024 * 1024;

/** Starts a server, with a channel to it that behaves. */
async function serve(t: TestContext, runtime: Runtime) {
  const directory = mkdtempSync(join(tmpdir(), "vw-"));
  t.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, "socket");
  const address = { network: "unix", address: path } as const;
  const subject = await startSubject(t, { runtime, subject: "http2", address });
  const channel = createHttp2().dial({ address });
  t.after(() => channel.close());
  const ask = async (method: string) =>
    Buffer.from(await channel.unary(`/h2.Test/${method}`, Buffer.from("hello"), { timeoutMs: 10_000 })).toString();
  return { path, subject, ask, memory: async () => Number(await ask("Memory")) / mebibyte };
}

for (const runtime of ["Node", "Bun"] satisfies Runtime[]) {
  for (const what of Object.keys(floods)) {
    test(`a server on ${runtime} is there for others during and after ${what}`, async (t) => {
      const { path, subject, ask, memory } = await serve(t, runtime);
      const before = await memory();

      const pouring = pour(path, what);
      let isOver = false;
      const over = pouring.finally(() => {
        isOver = true;
      });
      let most = before;
      while (!isOver) most = Math.max(most, await memory());
      const socket = await over;

      assert.equal(await ask("Echo"), "hello");
      t.diagnostic(`${Math.round(before)} MiB before, ${Math.round(most)} MiB at most`);
      assert.ok(most - before < 150, `${before} MiB before, ${most} MiB at most`);
      socket.destroy();
      assert.ok(subject.isRunning());
    });
  }

  test(`a server on ${runtime} tells a client that breaks a rule, whatever else it sends`, async (t) => {
    const { path } = await serve(t, runtime);

    const outcomes = await Promise.all(Array.from({ length: 100 }, () => breakRule(path)));

    // PROTOCOL_ERROR
    assert.deepEqual([...new Set(outcomes)], [1]);
  });

  test(`a server on ${runtime} is there for others while 200 clients dawdle`, async (t) => {
    const { path, ask, memory } = await serve(t, runtime);
    const before = await memory();

    const sockets = await dawdle(path, 200);

    assert.equal(await ask("Echo"), "hello");
    const after = await memory();
    t.diagnostic(`${Math.round(before)} MiB before, ${Math.round(after)} MiB after`);
    assert.ok(after - before < 50, `${before} MiB before, ${after} MiB after`);
    for (const socket of sockets) socket.destroy();
  });
}
