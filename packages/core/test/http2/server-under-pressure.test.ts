import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createHeaderDecoder } from "../../src/http2/hpack/decoder.ts";
import { uint32 } from "./frames.ts";
import { message, openServer } from "./open.ts";
import { assertAnswers, begin, codes, makeCall, services, summary } from "./served.ts";

describe("a server's connection that a client", () => {
  test("gives ten thousand calls up on goes on", async () => {
    const peer = await openServer(services);

    for (let count = 0; count < 10_000; count += 1) {
      const streamId = 2 * count + 1;
      begin(peer, streamId, "/t/wait");
      peer.send({ type: "rstStream", streamId, payload: uint32(8) });
    }

    await assertAnswers(peer, 20_001);
  });

  test("sends frames for streams that it gave up goes on", async () => {
    const peer = await openServer(services);
    makeCall(peer, 1, "/t/none");
    assert.deepEqual(summary(await peer.received(), 1).at(-1), "reset 0");

    peer.send(
      { type: "data", streamId: 1, payload: message("more") },
      { type: "windowUpdate", streamId: 1, payload: uint32(9) },
    );
    peer.send({ type: "rstStream", streamId: 1, payload: uint32(8) });

    await assertAnswers(peer, 3);
  });

  test("sends a hundred thousand empty frames goes on", async () => {
    const peer = await openServer(services);
    begin(peer, 1, "/t/chat");

    for (let count = 0; count < 100_000; count += 1) peer.send({ type: "data", streamId: 1 });

    await assertAnswers(peer, 3);
  });

  test("fills a stream that nobody reads gets its window back for no part of it", async () => {
    const peer = await openServer(services);
    begin(peer, 1, "/t/deaf");
    const body = Buffer.concat(Array.from({ length: 10 }, () => message("a".repeat(100_000))));
    await peer.received();

    for (let at = 0; at < body.length; at += 16_384) {
      peer.send({ type: "data", streamId: 1, payload: body.subarray(at, at + 16_384) });
    }

    assert.deepEqual(summary(await peer.received(), 1), []);
  });

  test("opens more streams than it may refuses those", async () => {
    const peer = await openServer(services);

    for (let count = 0; count <= 10_000; count += 1) begin(peer, 2 * count + 1, "/t/wait");

    assert.deepEqual(summary(await peer.received(), 20_001), [`reset ${codes.refused}`]);
    peer.send({ type: "rstStream", streamId: 1, payload: uint32(8) });
    await assertAnswers(peer, 20_003);
  });

  test("leaves ends once its calls have", async () => {
    const peer = await openServer(services);
    begin(peer, 1, "/t/echo");
    peer.send({ type: "goAway", payload: Buffer.alloc(8) });
    assert.equal(peer.isEnded, false);

    peer.send({ type: "data", flags: 1, streamId: 1, payload: message("bye") });

    assert.equal(summary(await peer.received(), 1).length, 3);
    assert.equal(peer.isEnded, true);
  });

  test("sends more header fields than it may answers 431", async () => {
    const peer = await openServer(services);
    const { decode } = createHeaderDecoder({ maxTableSize: 4096, maxListSize: 65_536 });
    const large = Buffer.concat([Buffer.from([0x40, 1, 0x61, 0x7f, 0x81, 0x17]), Buffer.alloc(3072, "v")]);
    const bomb = Buffer.concat([large, Buffer.alloc(16_384 - large.length, 0xbe)]);

    peer.send({ type: "headers", flags: 5, streamId: 1, payload: bomb });

    const [answer] = await peer.received();
    assert.deepEqual(answer && decode(answer.payload), [[":status", "431"]]);
    await assertAnswers(peer, 3);
  });
});
