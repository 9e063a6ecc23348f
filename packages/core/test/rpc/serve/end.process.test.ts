import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { HealthDefinition } from "../../../src/gen/grpc/health/v1/health.ts";
import { GRPCBrokerDefinition } from "../../../src/gen/plugin/broker.ts";
import { GRPCControllerDefinition } from "../../../src/gen/plugin/controller.ts";
import { createQueue } from "../../../src/rpc/queue.ts";
import { clientOf } from "../../../src/rpc/service.ts";
import {
  connectPlainly,
  eventually,
  fast,
  filesIn,
  nothing,
  plainEnvironment,
  pluginFile,
  type Runtime,
  runtimes,
  startFixture,
  temporaryDirectory,
  text,
} from "../fixture.ts";

for (const runtime of runtimes) {
  describe(`the end of a plugin on ${runtime.name}`, { timeout: 80_000 }, () => {
    test("ends with 0 and without its socket when told to, also during a call [W27, W34]", async (t) => {
      const { plugin, channel, path } = await connectPlainly(t, runtime);
      const hanging = assert.rejects(channel.unary("/test.Fixture/Hang", nothing));
      await eventually(() => plugin.stderr().includes("hanging"));
      const start = performance.now();

      await clientOf(GRPCControllerDefinition, channel).shutdown({});

      assert.deepEqual(await plugin.exit, { code: 0, signal: null });
      assert.ok(performance.now() - start < 1500);
      assert.equal(existsSync(path), false);
      await hanging;
    });

    test("ignores an interrupt [W33]", async (t) => {
      const { plugin, channel } = await connectPlainly(t, runtime);

      plugin.child.kill("SIGINT");
      await eventually(() => plugin.stderr().includes("interrupt ignored"));

      assert.equal(text(await channel.unary("/test.Fixture/Echo", Buffer.from("alive"))), "alive");
    });

    test("ends by SIGTERM, without its socket", async (t) => {
      const { plugin, path } = await connectPlainly(t, runtime);

      plugin.child.kill("SIGTERM");

      assert.deepEqual(await plugin.exit, { code: null, signal: "SIGTERM" });
      assert.equal(existsSync(path), false);
    });

    for (const [method, message] of [
      ["Crash", "nobody caught this"],
      ["Reject", "nobody awaited this"],
    ] as const) {
      test(`ends with 2 and one readable line when ${message}`, async (t) => {
        const { plugin, channel, path } = await connectPlainly(t, runtime);

        await channel.unary(`/test.Fixture/${method}`, nothing).catch(() => {});

        assert.deepEqual(await plugin.exit, { code: 2, signal: null });
        assert.match(plugin.stderr(), new RegExp(`^panic: .*${message}.*\n$`));
        assert.equal(existsSync(path), false);
      });
    }

    test("ends some time after the host's broker stream was lost", async (t) => {
      const { plugin, channel, path } = await connectPlainly(t, runtime, fast);
      const announcements = createQueue<never>();
      const stream = clientOf(GRPCBrokerDefinition, channel).startStream(announcements)[Symbol.asyncIterator]();
      const ended = stream.next();
      await clientOf(HealthDefinition, channel).check({ service: "plugin" });

      announcements.end();
      await ended;

      assert.equal((await plugin.exit).code, 1);
      assert.match(plugin.stderr(), /broker stream is lost/);
      assert.equal(existsSync(path), false);
    });

    test("ends, without its socket, when its host is gone before it could say where it listens", async (t) => {
      const directory = temporaryDirectory(t);
      const plugin = startFixture(t, runtime, { ...plainEnvironment, TMPDIR: directory });

      plugin.child.stdout?.destroy();

      assert.equal((await plugin.exit).code, 1);
      assert.deepEqual(filesIn(directory), []);
    });

    test("lives on while one of the host's two broker streams is open", async (t) => {
      const { channel } = await connectPlainly(t, runtime, fast);
      const { startStream } = clientOf(GRPCBrokerDefinition, channel);
      const [ending, staying] = [createQueue<never>(), createQueue<never>()];
      const ended = startStream(ending)[Symbol.asyncIterator]().next();
      const lasting = startStream(staying)[Symbol.asyncIterator]().next();
      await clientOf(HealthDefinition, channel).check({ service: "plugin" });

      ending.end();
      await ended;

      // The three seconds, which pass in 300 ms here, are long over.
      await setTimeout(800);
      assert.equal(text(await channel.unary("/test.Fixture/Echo", Buffer.from("alive"))), "alive");
      staying.end();
      await lasting;
    });

    test("ends when its host was killed", async (t) => {
      const directory = temporaryDirectory(t);
      const host = startHost(runtime, directory);
      t.after(() => host.kill("SIGKILL"));
      const [data] = await once(host.stdout, "data", { signal: AbortSignal.timeout(20_000) });
      const pid = Number(data);
      assert.equal(isRunning(pid), true);

      host.kill("SIGKILL");

      await eventually(() => !isRunning(pid));
      assert.deepEqual(filesIn(directory), []);
    });
  });
}

/** Starts a process that starts the plugin and does nothing else. */
function startHost(runtime: Runtime, directory: string) {
  const parent = fileURLToPath(new URL("../fixtures/parent.ts", import.meta.url));
  return spawn(process.execPath, [parent, runtime.file, pluginFile], {
    env: { ...process.env, ...plainEnvironment, TMPDIR: directory },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
