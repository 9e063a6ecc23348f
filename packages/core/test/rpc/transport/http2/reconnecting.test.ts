import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { http2On } from "../../../../src/rpc/transport/http2/http2.ts";
import { createReconnecting } from "../../../../src/rpc/transport/http2/reconnecting.ts";
import { nodeSockets } from "../../../../src/rpc/transport/http2/sockets/node-sockets.ts";
import { bytesOf } from "../../../http2/frames.ts";
import { temporaryDirectory } from "../../fixture.ts";

const nothing = () => {};

/** A peer that takes connections and says nothing. */
const silentPeer = (t: TestContext) => peer(t, nothing);

/** A peer that does something with each connection. */
async function peer(t: TestContext, greet: (socket: Socket) => void): Promise<string> {
  const path = join(temporaryDirectory(t), "socket");
  const server = createServer((socket) => {
    socket.on("error", nothing);
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  t.after(() => server.close());
  return path;
}

describe("a connection that is made again", () => {
  test("ends an attempt that is under way when it is closed", async (t) => {
    const address = { network: "unix", address: await silentPeer(t) } as const;
    const channel = http2On(nodeSockets).dial({ address });
    const call = channel.unary("/t/m", new Uint8Array());
    const failed = assert.rejects(call, { status: "unavailable", message: "the channel is closed" });

    await channel.close();

    await failed;
    await assert.rejects(channel.unary("/t/m", new Uint8Array()), { status: "unavailable" });
  });

  test("gives up an attempt that nobody answers, and says so for a moment", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    let attempts = 0;
    const open = (_: unknown, signal: AbortSignal) => {
      attempts += 1;
      return new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    };
    const connection = createReconnecting(open, nothing);

    const first = assert.rejects(connection.get(), { status: "unavailable", message: "no answer in 20 seconds" });
    t.mock.timers.tick(20_000);
    await first;
    await assert.rejects(connection.get(), { message: "no answer in 20 seconds" });

    assert.equal(attempts, 1);
  });

  test("stops waiting for a peer that says nothing when told to", { timeout: 5000 }, async (t) => {
    const address = { network: "unix", address: await silentPeer(t) } as const;
    const channel = http2On(nodeSockets).dial({ address });
    t.after(() => channel.close());

    await assert.rejects(channel.connect({ signal: AbortSignal.timeout(50) }), { status: "cancelled" });
  });

  test("fails a call to a peer that leaves as soon as it has greeted", { timeout: 5000 }, async (t) => {
    const goAway = bytesOf({ type: "goAway", payload: Buffer.alloc(8) });
    let connections = 0;
    const path = await peer(t, (socket) => {
      connections += 1;
      socket.end(Buffer.concat([bytesOf({ type: "settings" }), goAway]));
    });
    const channel = http2On(nodeSockets).dial({ address: { network: "unix", address: path } });
    t.after(() => channel.close());

    const call = channel.unary("/t/m", new Uint8Array());

    await assert.rejects(call, { status: "unavailable", message: "the peer takes no calls" });
    assert.equal(connections, 1);
  });

  test("fails with the system's text where nobody listens", async (t) => {
    const address = { network: "unix", address: join(temporaryDirectory(t), "nobody") } as const;
    const channel = http2On(nodeSockets).dial({ address });
    t.after(() => channel.close());

    await assert.rejects(channel.unary("/t/m", new Uint8Array()), { status: "unavailable", message: /ENOENT/ });
  });
});
