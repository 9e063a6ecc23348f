import assert from "node:assert/strict";
import { once } from "node:events";
import { duplexPair } from "node:stream";
import { finished } from "node:stream/promises";
import { describe, test } from "node:test";
import { ack, initialWindow, rst, syn } from "../../../src/rpc/yamux/frame.ts";
import { createSession } from "../../../src/rpc/yamux/session.ts";
import { bareSession, manualClock, sessionPair, settled } from "./fixture.ts";

const protocolError = { type: "go-away", flags: 0, streamId: 0, length: 1 } as const;

describe("a yamux session", { timeout: 30_000 }, () => {
  test("opens streams with odd numbers as a client and even ones as a server, each by SYN [W64]", async (t) => {
    const client = bareSession(t, "client");
    const server = bareSession(t, "server");
    for (const { session } of [client, client, server, server]) await session.open();
    await settled();

    const opening = (streamId: number) => ({ type: "window-update", flags: syn, streamId, length: 0 });
    assert.deepEqual(client.frames, [opening(1), opening(3)]);
    assert.deepEqual(server.frames, [opening(2), opening(4)]);
  });

  test("answers a ping with its value [W65]", async (t) => {
    const { send, frames } = bareSession(t);

    await send({ type: "ping", flags: syn, length: 0xdeadbeef });

    assert.deepEqual(frames, [{ type: "ping", flags: ack, streamId: 0, length: 0xdeadbeef }]);
  });

  test("resolves a ping that is answered, and rejects one that is not", async (t) => {
    const { client } = sessionPair(t);
    await client.ping();
    const { session, clock } = bareSession(t);
    const silent = session.ping();

    clock.advance(10_000);

    await assert.rejects(silent, { name: "YamuxError" });
  });

  test("ends when a keep-alive ping is not answered", async (t) => {
    const { session, clock, frames } = bareSession(t);
    clock.advance(30_000);
    await settled();
    assert.equal(frames.at(-1)?.type, "ping");

    clock.advance(10_000);

    assert.match((await session.closed)?.message ?? "", /does not answer/);
  });

  test("ends when the connection takes nothing for ten seconds", async () => {
    const [connection] = duplexPair();
    const clock = manualClock();
    const session = createSession(connection, { role: "client", clock });
    const stream = await session.open();
    stream.write(Buffer.alloc(initialWindow));
    await settled();

    clock.advance(10_000);

    assert.match((await session.closed)?.message ?? "", /write timeout/);
    clock.advance(10_000);
    assert.equal(connection.destroyed, true);
  });

  test("ends when the other side does not take a stream for 75 seconds", async (t) => {
    const { session, clock, frames, send } = bareSession(t, "client");
    await session.open();
    await settled();
    for (const step of [30_000, 30_000, 15_000]) {
      clock.advance(step);
      await settled();
      const ping = frames.findLast(({ type }) => type === "ping");
      await send({ type: "ping", flags: ack, length: ping?.length ?? 0 });
    }

    assert.match((await session.closed)?.message ?? "", /stream 1 was not taken in time/);
  });

  test("refuses streams beyond its backlog", async (t) => {
    const { send, frames, session } = bareSession(t);
    for (let streamId = 1; streamId <= 2 * 256 + 1; streamId += 2) {
      await send({ type: "window-update", flags: syn, streamId });
    }

    assert.deepEqual(frames, [{ type: "window-update", flags: rst, streamId: 513, length: 0 }]);
    assert.equal((await session.accept()).id, 1);
  });

  test("opens no more streams than the other side keeps, until it takes one", async (t) => {
    const { session, send, frames } = bareSession(t, "client");
    await Promise.all(Array.from({ length: 256 }, () => session.open()));
    const next = session.open();
    await settled();
    assert.equal(frames.length, 256);

    await send({ type: "window-update", flags: ack, streamId: 1 });

    assert.equal((await next).id, 513);
  });

  test("lets streams go on after a go-away, but opens none", async (t) => {
    const { client, server } = sessionPair(t);
    const [one, other] = await Promise.all([client.open(), server.accept()]);
    server.goAway();
    await settled();

    await assert.rejects(client.open(), { name: "YamuxError" });
    one.write("still here");
    assert.equal(String((await once(other, "data"))[0]), "still here");
  });

  test("refuses streams after its own go-away", async (t) => {
    const { session, send, frames } = bareSession(t);
    session.goAway();

    await send({ type: "window-update", flags: syn, streamId: 1 });

    assert.deepEqual(frames.at(-1), { type: "window-update", flags: rst, streamId: 1, length: 0 });
  });

  test("breaks its streams and waiting takers when it ends", async (t) => {
    const { client, server } = sessionPair(t);
    const [one] = await Promise.all([client.open(), server.accept()]);
    const taker = assert.rejects(server.accept(), { name: "YamuxError" });
    const broken = assert.rejects(finished(one), { name: "YamuxError" });

    server.close();

    await Promise.all([taker, broken]);
    await assert.rejects(client.open(), { name: "YamuxError" });
    assert.equal(await server.closed, undefined);
    assert.match((await client.closed)?.message ?? "", /closed the connection/);
  });

  for (const [what, frame, payloadLength] of [
    ["data beyond the window", { streamId: 1 }, initialWindow + 1],
    ["a stream that is open already", { type: "window-update", flags: syn, streamId: 1 }, 0],
    ["a stream with one of its own numbers", { type: "window-update", flags: syn, streamId: 2 }, 0],
    ["a stream without a number", { type: "window-update", flags: syn, streamId: 0 }, 0],
    ["a window beyond all limits", { type: "window-update", streamId: 1, length: 2 ** 32 - 1 }, 0],
  ] as const) {
    test(`gives up on ${what}`, async (t) => {
      const { session, send, frames } = bareSession(t);
      await send({ type: "window-update", flags: syn, streamId: 1 });

      await send(frame, new Uint8Array(payloadLength));

      assert.deepEqual(frames.at(-1), protocolError);
      assert.equal((await session.closed)?.name, "YamuxError");
    });
  }

  for (const [what, bytes] of [
    ["another version", "010000000000000000000000"],
    ["an unknown type", "000900000000000000000000"],
    ["plain HTTP/2", Buffer.from("PRI * HTTP/2.0\r\n\r\n").toString("hex")],
  ] as const) {
    test(`gives up on ${what}`, async (t) => {
      const { session, connection, frames } = bareSession(t);

      connection.write(Buffer.from(bytes, "hex"));

      assert.equal((await session.closed)?.name, "YamuxError");
      await settled();
      assert.deepEqual(frames.at(-1), protocolError);
    });
  }

  test("ends when the other side gives it up", async (t) => {
    const { session, send, frames } = bareSession(t);

    await send(protocolError);

    assert.match((await session.closed)?.message ?? "", /code 1/);
    assert.deepEqual(frames, []);
  });

  test("does not collect answers for somebody who only asks", async () => {
    const [connection, other] = duplexPair();
    const session = createSession(connection, { role: "server", clock: manualClock() });
    const pings = Buffer.alloc(12 * 10_000, Buffer.from("000200010000000000000001", "hex"));

    other.write(pings);

    assert.match((await session.closed)?.message ?? "", /does not read/);
  });
});
