import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { MethodHandler, Service } from "../../../src/rpc/transport/transport.ts";
import {
  filesIn,
  type LaunchedFixture,
  launchFixture,
  type Runtime,
  runtimes,
  temporaryDirectory,
} from "../fixture.ts";

const bytes = (text: string) => Buffer.from(text);
const text = (message: Uint8Array) => Buffer.from(message).toString();

function echo(prefix = ""): readonly Service[] {
  const method: MethodHandler = {
    kind: "unary",
    handle: async (request) => Buffer.concat([bytes(prefix), request]),
  };
  return [new Map([["/test.Host/Echo", method]])];
}

const launch = (t: TestContext, runtime: Runtime, options = {}): Promise<LaunchedFixture> =>
  launchFixture(t, runtime, { multiplexGrpc: true, ...options });

for (const runtime of runtimes) {
  describe(`one connection for everything, plugin on ${runtime.name}`, { timeout: 30_000 }, () => {
    test("carries the host's calls, with TLS inside [W13, W60, W61, W66]", async (t) => {
      const plugin = await launch(t, runtime);

      assert.equal(text(await plugin.channel.unary("/test.Fixture/Echo", bytes("hello"))), "hello");
    });

    test("carries them in plain text too", async (t) => {
      const plugin = await launch(t, runtime, { autoMtls: false });
      const { id } = await plugin.offer(echo());

      assert.equal(text(await plugin.channel.unary("/test.Fixture/Dial", bytes(String(id)))), "from the plugin to 1");
    });

    test("carries the plugin's calls to the listener that it knocked for [W62]", async (t) => {
      const plugin = await launch(t, runtime);
      const offers = await Promise.all(["a: ", "b: ", "c: "].map((prefix) => plugin.offer(echo(prefix))));
      assert.deepEqual(
        offers.map(({ id }) => id),
        [1, 2, 3],
      );

      const answers = await Promise.all(
        [3, 1, 2, 1, 3, 2].map((id) => plugin.channel.unary("/test.Fixture/Dial", bytes(String(id)))),
      );

      assert.deepEqual(answers.map(text), [
        "c: from the plugin to 3",
        "a: from the plugin to 1",
        "b: from the plugin to 2",
        "a: from the plugin to 1",
        "c: from the plugin to 3",
        "b: from the plugin to 2",
      ]);
    });

    test("waits for a listener that the host opens a little later", async (t) => {
      const plugin = await launch(t, runtime);

      const early = plugin.channel.unary("/test.Fixture/Dial", bytes("1"));
      await new Promise((resolve) => setTimeout(resolve, 30));
      await plugin.offer(echo());

      assert.equal(text(await early), "from the plugin to 1");
    });

    test("fails a call to a listener that never comes, and goes on [W63]", async (t) => {
      const plugin = await launch(t, runtime);
      const { id } = await plugin.offer(echo());

      await assert.rejects(plugin.channel.unary("/test.Fixture/Dial", bytes("77")));

      assert.equal(text(await plugin.channel.unary("/test.Fixture/Dial", bytes(String(id)))), "from the plugin to 1");
    });

    test("carries large messages both ways", async (t) => {
      const plugin = await launch(t, runtime);
      await plugin.offer(echo());
      const large = Buffer.alloc(5_000_000, "large ");

      assert.deepEqual(Buffer.from(await plugin.channel.unary("/test.Fixture/EchoThroughHost", large)), large);
    });

    test("leaves nothing behind when it is told to end by a signal", async (t) => {
      const directory = temporaryDirectory(t);
      const plugin = await launch(t, runtime, { env: { TMPDIR: directory, PLUGIN_UNIX_SOCKET_DIR: directory } });
      await plugin.offer(echo());
      await plugin.channel.unary("/test.Fixture/EchoThroughHost", bytes("x"));
      // The directories of this process are there as well.
      assert.ok(filesIn(directory).length > 2);

      process.kill(plugin.pid, "SIGTERM");

      assert.deepEqual(await plugin.exited, { code: null, signal: "SIGTERM" });
      assert.deepEqual(filesIn(directory), []);
    });

    test("leaves nothing behind", async (t) => {
      const directory = temporaryDirectory(t);
      const plugin = await launch(t, runtime, { env: { TMPDIR: directory, PLUGIN_UNIX_SOCKET_DIR: directory } });
      await plugin.offer(echo());
      await plugin.channel.unary("/test.Fixture/Dial", bytes("1"));

      await plugin.kill();

      assert.deepEqual(filesIn(directory), []);
    });
  });
}
