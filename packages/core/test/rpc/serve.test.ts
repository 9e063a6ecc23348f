import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { type ClientHttp2Session, connect, constants } from "node:http2";
import { createConnection } from "node:net";
import { describe, type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { HealthDefinition } from "../../src/gen/grpc/health/v1/health.ts";
import { GRPCBrokerDefinition } from "../../src/gen/plugin/broker.ts";
import { GRPCControllerDefinition } from "../../src/gen/plugin/controller.ts";
import { createQueue } from "../../src/rpc/queue.ts";
import { clientOf } from "../../src/rpc/service.ts";
import { grpcJs } from "../../src/rpc/transport/grpc-js/grpc-js.ts";
import type { Service } from "../../src/rpc/transport/transport.ts";
import {
  eventually,
  filesIn,
  launchFixture,
  plainEnvironment,
  pluginFile,
  type Runtime,
  runtimes,
  startFixture,
  temporaryDirectory,
} from "./fixture.ts";

const mebibyte = 1024 * 1024;
const nothing = new Uint8Array();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

const hostServices: readonly Service[] = [
  new Map([["/test.Host/Echo", { kind: "unary", handle: async (request: Uint8Array) => request }]]),
];

/** Lets the protocol's seconds pass ten times as fast in the plugin. */
const fast = { CLOCK_SPEED: "10" };

/** Starts the fixture in plain text and connects to it without the host's half. */
async function connectPlainly(t: TestContext, runtime: Runtime, env: Record<string, string> = {}) {
  const plugin = startFixture(t, runtime, { ...plainEnvironment, ...env });
  const { address } = await plugin.handshake();
  const channel = grpcJs.dial({ address });
  t.after(() => channel.close());
  return { plugin, channel, path: address.address };
}

for (const runtime of runtimes) {
  describe(`a plugin on ${runtime.name}`, { timeout: 80_000 }, () => {
    test("answers the health of its service", async (t) => {
      const { channel } = await launchFixture(t, runtime);
      const health = clientOf(HealthDefinition, channel);

      assert.deepEqual(await health.check({ service: "plugin" }), { status: 1 });
      assert.deepEqual(await health.check({ service: "" }), { status: 1 });
      await assert.rejects(health.check({ service: "other" }), { status: "not-found" });
    });

    test("lets the host watch the health of its service", async (t) => {
      const { channel } = await launchFixture(t, runtime);
      const statuses = [];

      for (const service of ["plugin", "other"]) {
        for await (const { status } of clientOf(HealthDefinition, channel).watch({ service })) {
          statuses.push(status);
          break;
        }
      }

      assert.deepEqual(statuses, [1, 3]);
    });

    test("serves the version that was agreed on", async (t) => {
      const { channel, protocolVersion } = await launchFixture(t, runtime, { versions: [4, 3] });

      assert.equal(protocolVersion, 4);
      assert.equal(text(await channel.unary("/test.Fixture/Version", nothing)), "4");
    });

    test("passes ten mebibytes in both directions, on its own connection and on the host's", async (t) => {
      const { channel, offer } = await launchFixture(t, runtime);
      await offer(hostServices);
      const message = Buffer.alloc(10 * mebibyte, "vault");

      assert.ok(message.equals(await channel.unary("/test.Fixture/Echo", message)));
      assert.ok(message.equals(await channel.unary("/test.Fixture/EchoThroughHost", message)));
    });

    test("answers what a handler throws as unknown, and lives on", async (t) => {
      const { channel } = await launchFixture(t, runtime);

      await assert.rejects(channel.unary("/test.Fixture/Throw", nothing), {
        status: "unknown",
        message: "thrown by the handler",
      });
      assert.equal(text(await channel.unary("/test.Fixture/Echo", Buffer.from("still here"))), "still here");
    });

    test("answers a method that it does not have as unimplemented", async (t) => {
      const { channel } = await launchFixture(t, runtime);

      await assert.rejects(channel.unary("/test.Fixture/Missing", nothing), { status: "unimplemented" });
    });

    test("sees the metadata of a call", async (t) => {
      const { channel } = await launchFixture(t, runtime);

      const answer = await channel.unary("/test.Fixture/Metadata", nothing, {
        metadata: new Map([["multiplex_id", ["one"]]]),
      });

      assert.equal(text(answer), "one");
    });

    test("finds the values of a metadata key that comes twice joined by a comma", async (t) => {
      const { channel } = await launchFixture(t, runtime);

      const answer = await channel.unary("/test.Fixture/Metadata", nothing, {
        metadata: new Map([["multiplex_id", ["one", "two"]]]),
      });

      assert.equal(text(answer), "one, two");
    });

    test("lets go of a call that the host cancels", async (t) => {
      const { channel, logged } = await launchFixture(t, runtime);
      const controller = new AbortController();

      const call = channel.unary("/test.Fixture/Hang", nothing, { signal: controller.signal });
      await logged("hanging");
      controller.abort();

      await assert.rejects(call, { status: "cancelled" });
      await logged("let go");
    });

    test("keeps its connections however many calls the host cancels", async (t) => {
      const { channel, path } = await connectPlainly(t, runtime);
      const session = connect("http://localhost", { createConnection: () => createConnection(path) });
      t.after(() => session.destroy());

      const goaway = t.mock.fn();
      session.on("goaway", goaway).on("error", goaway);

      for (let round = 0; round < 100; round += 1) await cancelCalls(session, 50);

      await promisify(session.ping.bind(session))();
      assert.equal(goaway.mock.callCount(), 0);
      assert.equal(text(await channel.unary("/test.Fixture/Echo", Buffer.from("alive"))), "alive");
    });

    test("dials what the host has announced before", async (t) => {
      const { channel, offer } = await launchFixture(t, runtime);

      const { id } = await offer(hostServices);
      // The announcement is sent at once; a round trip later it is there.
      await channel.unary("/test.Fixture/Echo", nothing);

      assert.equal(text(await channel.unary("/test.Fixture/Dial", Buffer.from(`${id}`))), `from the plugin to ${id}`);
    });

    test("waits for what the host announces later, and keeps numbers apart [W56]", async (t) => {
      const { channel, offer } = await launchFixture(t, runtime);

      const dialled = [2, 1].map((id) => channel.unary("/test.Fixture/Dial", Buffer.from(`${id}`)));
      await offer(hostServices);
      await offer(hostServices);

      const answers = (await Promise.all(dialled)).map(text);
      assert.deepEqual(answers, ["from the plugin to 2", "from the plugin to 1"]);
    });

    test("gives up a number that the host never announces", async (t) => {
      const { channel } = await launchFixture(t, runtime, { env: fast });

      await assert.rejects(channel.unary("/test.Fixture/Dial", Buffer.from("7")), {
        status: "unknown",
        message: "timeout waiting for connection info",
      });
    });

    test("sends what is printed to the host's stream, never to its standard output", async (t) => {
      let output = "";
      const { channel } = await launchFixture(t, runtime, {
        env: { PRINT_EARLY: "yes" },
        onOutput: (data) => {
          output += text(data);
        },
      });

      await channel.unary("/test.Fixture/Print", nothing);
      await eventually(() => output.includes("by the stream"));

      for (const printed of ["early by console", "early by stream", "printed by console.log", "by console.info"]) {
        assert.ok(output.includes(printed), printed);
      }
      assert.match(output, /│ +1 +│/);
    });

    test("prints nothing but the handshake line to its standard output", async (t) => {
      const plugin = startFixture(t, runtime, { ...plainEnvironment, PRINT_EARLY: "yes" });
      const { address } = await plugin.handshake();
      const channel = grpcJs.dial({ address });

      await channel.unary("/test.Fixture/Print", nothing);
      await clientOf(GRPCControllerDefinition, channel).shutdown({});
      await plugin.exit;

      assert.equal(plugin.stdout(), `1|5|unix|${address.address}|grpc|\n`);
      await channel.close();
    });

    test("ends with 0 and without its socket when told to, also during a call [W27]", async (t) => {
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

    test("leaves what the host writes to its standard input unread, and lives on when that is closed [W32]", async (t) => {
      const { plugin, channel } = await connectPlainly(t, runtime);

      plugin.child.stdin?.end("anything");

      assert.equal(text(await channel.unary("/test.Fixture/Echo", Buffer.from("alive"))), "alive");
    });

    test("lives on when nobody reads its standard error any more", async (t) => {
      const { plugin, channel } = await connectPlainly(t, runtime);
      plugin.child.stderr?.destroy();

      await channel.unary("/test.Fixture/Complain", nothing);
      await channel.unary("/test.Fixture/Complain", nothing);

      assert.equal(text(await channel.unary("/test.Fixture/Echo", Buffer.from("alive"))), "alive");
    });

    test("ignores an interrupt", async (t) => {
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

/** Makes calls and cancels them when they are on their way. */
async function cancelCalls(session: ClientHttp2Session, count: number): Promise<void> {
  const headers = {
    ":method": "POST",
    ":path": "/test.Fixture/Hang",
    "content-type": "application/grpc",
    te: "trailers",
  };
  const calls = Array.from({ length: count }, () => session.request(headers).on("error", () => {}));
  await setTimeout(1);
  for (const call of calls) call.close(constants.NGHTTP2_CANCEL);
}

/** Starts a process that starts the plugin and does nothing else. */
function startHost(runtime: Runtime, directory: string) {
  const parent = fileURLToPath(new URL("fixtures/parent.ts", import.meta.url));
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
