import assert from "node:assert/strict";
import { type ClientHttp2Session, connect, constants } from "node:http2";
import { createConnection } from "node:net";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { HealthDefinition } from "../../../src/gen/grpc/health/v1/health.ts";
import { clientOf } from "../../../src/rpc/service.ts";
import { connectPlainly, hostServices, launchFixture, nothing, runtimes, text } from "../fixture.ts";

const mebibyte = 1024 * 1024;

for (const runtime of runtimes) {
  describe(`the calls of a plugin on ${runtime.name}`, { timeout: 80_000 }, () => {
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

    test("passes ten mebibytes in both directions, on its own connection and on the host's [W59]", async (t) => {
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

    test("finds both values of a metadata key that comes twice", async (t) => {
      const { channel } = await launchFixture(t, runtime);

      const answer = await channel.unary("/test.Fixture/Metadata", nothing, {
        metadata: new Map([["multiplex_id", ["one", "two"]]]),
      });

      // grpc-js joins values on their way.
      assert.deepEqual(text(answer).split(/, ?/), ["one", "two"]);
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
