import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createHeaderDecoder } from "../../src/http2/hpack/decoder.ts";
import { clientPreface } from "../../src/http2/protocol.ts";
import { bytesOf, settings, uint32 } from "./frames.ts";
import { call, message, openServer, openSilentServer } from "./open.ts";
import { assertAnswers, begin, makeCall, services, summary } from "./served.ts";

describe("a server's connection", () => {
  test("greets with settings and a window, and acknowledges the client's settings", async () => {
    const peer = openSilentServer(services);

    peer.sendBytes(clientPreface);
    peer.send({ type: "settings", payload: settings([4, 100_000]) });

    const frames = (await peer.received()).map(({ type, flags }) => `${type} ${flags}`);
    assert.deepEqual(frames, ["settings 0", "windowUpdate 0", "settings 1"]);
  });

  test("takes what it is sent byte by byte", async () => {
    const peer = openSilentServer(services);
    const fields = peer.encoder.encode(call("/t/echo"));
    const bytes = Buffer.concat([
      clientPreface,
      bytesOf({ type: "settings" }),
      bytesOf({ type: "headers", flags: 4, streamId: 1, payload: fields }),
      bytesOf({ type: "data", flags: 1, streamId: 1, payload: message("hello") }),
    ]);

    for (const byte of bytes) peer.sendBytes(Uint8Array.of(byte));

    assert.equal(summary(await peer.received(), 1).length, 3);
  });

  test("answers a call with fields, a message and trailers", async () => {
    const peer = await openServer(services);
    const { decode } = createHeaderDecoder({ maxTableSize: 4096, maxListSize: 65_536 });

    makeCall(peer, 1, "/t/echo");

    const [first, body, last] = await peer.received();
    assert.ok(first && body && last);
    assert.deepEqual(decode(first.payload), [
      [":status", "200"],
      ["content-type", "application/grpc"],
    ]);
    assert.deepEqual(Buffer.from(body.payload), message("hello"));
    assert.deepEqual(decode(last.payload), [["grpc-status", "0"]]);
  });

  test("fails a call that trailers end within a message", async () => {
    const peer = await openServer(services);
    const { decode } = createHeaderDecoder({ maxTableSize: 4096, maxListSize: 65_536 });
    begin(peer, 1, "/t/chat");

    peer.send({ type: "data", streamId: 1, payload: message("hello").subarray(0, 8) });
    peer.send({ type: "headers", flags: 5, streamId: 1, payload: peer.encoder.encode([["name", "value"]]) });

    const [answer] = await peer.received();
    assert.ok(answer);
    assert.deepEqual(decode(answer.payload).slice(2), [
      ["grpc-status", "13"],
      ["grpc-message", "the call ended within a message"],
    ]);
  });

  test("answers a ping with its bytes", async () => {
    const peer = await openServer(services);

    peer.send({ type: "ping", payload: Buffer.from("12345678") });

    const [pong] = await peer.received();
    assert.equal(pong?.flags, 1);
    assert.equal(Buffer.from(pong.payload).toString(), "12345678");
  });

  test("reads padded frames, with a priority", async () => {
    const peer = await openServer(services);
    const block = peer.encoder.encode(call("/t/echo"));
    const padding = Buffer.alloc(200);

    peer.send(
      {
        type: "headers",
        flags: 4 | 8 | 32,
        streamId: 1,
        payload: Buffer.concat([Buffer.of(200), uint32(0), Buffer.of(16), block, padding]),
      },
      { type: "data", flags: 1 | 8, streamId: 1, payload: Buffer.concat([Buffer.of(200), message("hello"), padding]) },
    );

    assert.equal(summary(await peer.received(), 1).length, 3);
  });

  test("puts a block of header fields together from many frames", async () => {
    const peer = await openServer(services);
    const block = peer.encoder.encode(call("/t/echo"));

    peer.send({ type: "headers", streamId: 1 });
    for (const byte of block) peer.send({ type: "continuation", streamId: 1, payload: Buffer.of(byte) });
    peer.send({ type: "continuation", flags: 4, streamId: 1 });
    peer.send({ type: "data", flags: 1, streamId: 1, payload: message("hello") });

    assert.equal(summary(await peer.received(), 1).length, 3);
  });

  test("gives back the window of padding", async () => {
    const peer = await openServer(services);
    begin(peer, 1, "/t/chat");
    const padded = { type: "data", flags: 8, streamId: 1, payload: Buffer.alloc(256, Buffer.of(255)) } as const;
    padded.payload.fill(0, 1);

    for (let count = 0; count < 10_000; count += 1) peer.send(padded);

    assert.equal(peer.isEnded, false);
    await assertAnswers(peer, 3);
  });

  test("ignores frames of unknown types and unknown flags and settings", async () => {
    const peer = await openServer(services);

    peer.send(
      { type: 77, flags: 255, streamId: 5, payload: Buffer.alloc(100) },
      { type: "ping", flags: 0xfe, payload: Buffer.alloc(8) },
      { type: "settings", payload: settings([99, 1]) },
    );

    assert.deepEqual(
      (await peer.received()).map(({ type }) => type),
      ["ping", "settings"],
    );
    await assertAnswers(peer, 1);
  });

  test("keeps the peer's limit of frames", async () => {
    const peer = await openServer(services);
    peer.send({ type: "settings", payload: settings([4, 1_000_000]) }, { type: "windowUpdate", payload: uint32(1e6) });

    makeCall(peer, 1, "/t/large");

    const sizes = (await peer.received()).filter(({ type }) => type === "data").map(({ payload }) => payload.length);
    assert.equal(Math.max(...sizes), 16_384);
    assert.equal(
      sizes.reduce((one, other) => one + other, 0),
      100_005,
    );
  });

  test("sends no more than the stream's window, and the rest when it is wider", async () => {
    const peer = await openServer(services);
    peer.send({ type: "settings", payload: settings([4, 10]) });
    makeCall(peer, 1, "/t/echo", "twenty bytes of text");

    assert.deepEqual(summary(await peer.received(), 1), ["headers 4 14", "data 0 10"]);
    peer.send({ type: "windowUpdate", streamId: 1, payload: uint32(5) });
    assert.deepEqual(summary(await peer.received(), 1), ["data 0 5"]);
    peer.send({ type: "settings", payload: settings([4, 100]) });
    assert.deepEqual(
      (await peer.received()).map(({ type }) => type),
      ["settings", "data", "headers"],
    );
  });

  test("waits with a window that settings made negative until it is positive", async () => {
    const peer = await openServer(services);
    peer.send({ type: "settings", payload: settings([4, 10]) });
    makeCall(peer, 1, "/t/echo", "twenty bytes of text");
    await peer.received();
    peer.send({ type: "settings", payload: settings([4, 0]) });
    await peer.received();

    peer.send({ type: "windowUpdate", streamId: 1, payload: uint32(10) });
    assert.deepEqual(summary(await peer.received(), 1), []);
    peer.send({ type: "windowUpdate", streamId: 1, payload: uint32(1) });
    assert.deepEqual(summary(await peer.received(), 1), ["data 0 1"]);
  });

  test("sends no more than the connection's window, and gives every stream its share", async () => {
    const peer = await openServer(services);
    for (const streamId of [1, 3, 5]) makeCall(peer, streamId, "/t/large");
    const before = (await peer.received()).filter(({ type }) => type === "data");
    assert.equal(
      before.reduce((total, { payload }) => total + payload.length, 0),
      65_535,
    );

    peer.send({ type: "windowUpdate", payload: uint32(6 * 16_384) });

    const after = (await peer.received()).filter(({ type }) => type === "data");
    assert.deepEqual(new Set(after.map(({ streamId }) => streamId)), new Set([3, 5]));
    peer.send({ type: "windowUpdate", payload: uint32(1e6) });
    for (const streamId of [1, 3, 5]) peer.send({ type: "windowUpdate", streamId, payload: uint32(1e6) });
    assert.equal((await peer.received()).filter(({ type }) => type === "headers").length, 3);
  });

  test("lets bodies wait while the pipe is full", async () => {
    const peer = await openServer(services);
    peer.pending = 1 << 20;
    makeCall(peer, 1, "/t/echo");
    assert.deepEqual(summary(await peer.received(), 1), ["headers 4 14"]);

    peer.pending = 0;
    peer.connection.drain();

    assert.equal(summary(await peer.received(), 1).length, 2);
  });

  test("answers others while ten thousand streams wait for their windows", async () => {
    const peer = await openServer(services);
    peer.send({ type: "settings", payload: settings([4, 0]) });
    for (let count = 0; count < 9_000; count += 1) makeCall(peer, 2 * count + 1, "/t/echo");
    await peer.received();

    const started = process.cpuUsage();
    for (let count = 9_000; count < 9_900; count += 1) makeCall(peer, 2 * count + 1, "/t/echo");
    await peer.received();
    const { user } = process.cpuUsage(started);

    // Where each call looks at all that wait, this takes several seconds.
    assert.ok(user < 1_500_000, `${user} microseconds`);
    peer.send({ type: "settings", payload: settings([4, 100]) });
    peer.send({ type: "windowUpdate", payload: uint32(1e6) });
    const ended = (await peer.received()).filter(({ type, flags }) => type === "headers" && flags === 5);
    assert.equal(ended.length, 9_900);
  });
});
