import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { clientPreface } from "../../src/http2/protocol.ts";
import { type Frame, settings, uint32 } from "./frames.ts";
import { type Opened, openServer, openSilentServer } from "./open.ts";
import { begin, codes, ending, endsWith, makeCall, services } from "./served.ts";

describe("a server's connection ends when its client", () => {
  const cases: readonly (readonly [what: string, code: number, send: (peer: Opened) => void])[] = [
    [
      "has another frame in front of its settings",
      codes.protocol,
      (peer) => peer.send({ type: "ping", payload: Buffer.alloc(8) }),
    ],
  ];

  test("speaks HTTP/1.1", async () => {
    const peer = openSilentServer(services);

    peer.sendBytes(Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));

    assert.deepEqual(await ending(peer), endsWith(codes.protocol));
  });

  for (const [what, code, send] of cases) {
    test(what, async () => {
      const peer = openSilentServer(services);
      peer.sendBytes(clientPreface);

      send(peer);

      assert.deepEqual(await ending(peer), endsWith(code));
    });
  }

  const wrong: readonly (readonly [what: string, code: number, ...frames: Frame[]])[] = [
    ["sends a frame that is too long", codes.frameSize, { type: 99, payload: Buffer.alloc(16_385) }],
    ["sends DATA without a stream", codes.protocol, { type: "data" }],
    ["sends DATA of a stream that it has not opened", codes.protocol, { type: "data", streamId: 1 }],
    ["sends HEADERS without a stream", codes.protocol, { type: "headers", flags: 5 }],
    [
      "sends HEADERS of an even stream",
      codes.protocol,
      { type: "headers", flags: 5, streamId: 2, payload: Buffer.of(0x82) },
    ],
    [
      "sends a block that cannot be decoded",
      codes.compression,
      { type: "headers", flags: 5, streamId: 1, payload: Buffer.of(0x80) },
    ],
    [
      "sends padding longer than its frame",
      codes.protocol,
      { type: "headers", flags: 13, streamId: 1, payload: Buffer.of(9, 0x82) },
    ],
    ["sends a padded frame without a length", codes.frameSize, { type: "headers", flags: 13, streamId: 1 }],
    [
      "sends HEADERS too short for their priority",
      codes.frameSize,
      { type: "headers", flags: 37, streamId: 1, payload: Buffer.alloc(4) },
    ],
    ["sends a CONTINUATION of nothing", codes.protocol, { type: "continuation", flags: 4, streamId: 1 }],
    [
      "sends another frame within a block",
      codes.protocol,
      { type: "headers", streamId: 1 },
      { type: "ping", payload: Buffer.alloc(8) },
    ],
    [
      "continues the block of another stream",
      codes.protocol,
      { type: "headers", streamId: 1 },
      { type: "continuation", flags: 4, streamId: 3 },
    ],
    ["sends PUSH_PROMISE", codes.protocol, { type: "pushPromise", flags: 4, streamId: 1, payload: uint32(2) }],
    ["sends PRIORITY without a stream", codes.protocol, { type: "priority", payload: Buffer.alloc(5) }],
    ["resets a stream that it has not opened", codes.protocol, { type: "rstStream", streamId: 1, payload: uint32(8) }],
    ["sends a reset of another size", codes.frameSize, { type: "rstStream", streamId: 1, payload: Buffer.alloc(3) }],
    [
      "sends settings of a size that six does not divide",
      codes.frameSize,
      { type: "settings", payload: Buffer.alloc(5) },
    ],
    ["sends settings of a stream", codes.protocol, { type: "settings", streamId: 1 }],
    [
      "acknowledges settings with a payload",
      codes.frameSize,
      { type: "settings", flags: 1, payload: settings([4, 1]) },
    ],
    ["wants a window larger than there is", codes.flowControl, { type: "settings", payload: settings([4, 2 ** 31]) }],
    ["wants frames smaller than may be", codes.protocol, { type: "settings", payload: settings([5, 16_383]) }],
    ["wants frames larger than may be", codes.protocol, { type: "settings", payload: settings([5, 2 ** 24]) }],
    ["wants to be pushed to, and by how much", codes.protocol, { type: "settings", payload: settings([2, 2]) }],
    ["sends a ping of another size", codes.frameSize, { type: "ping", payload: Buffer.alloc(7) }],
    ["sends a ping of a stream", codes.protocol, { type: "ping", streamId: 1, payload: Buffer.alloc(8) }],
    ["leaves on a stream", codes.protocol, { type: "goAway", streamId: 1, payload: Buffer.alloc(8) }],
    ["leaves in too few bytes", codes.frameSize, { type: "goAway", payload: Buffer.alloc(7) }],
    ["widens the connection by nothing", codes.protocol, { type: "windowUpdate", payload: uint32(0) }],
    [
      "widens the connection by more than there is",
      codes.flowControl,
      { type: "windowUpdate", payload: uint32(2 ** 31 - 1) },
    ],
    ["widens a window by another size", codes.frameSize, { type: "windowUpdate", payload: Buffer.alloc(3) }],
    [
      "widens a stream that it has not opened",
      codes.protocol,
      { type: "windowUpdate", streamId: 1, payload: uint32(1) },
    ],
  ];
  for (const [what, code, ...frames] of wrong) {
    test(what, async () => {
      const peer = await openServer(services);

      peer.send(...frames);

      assert.deepEqual(await ending(peer), endsWith(code));
    });
  }

  test("opens a stream again", async () => {
    const peer = await openServer(services);
    makeCall(peer, 3, "/t/echo");
    await peer.received();

    begin(peer, 1, "/t/echo");

    assert.deepEqual(await ending(peer), endsWith(codes.streamClosed));
  });

  test("widens all streams beyond what there is", async () => {
    const peer = await openServer(services);
    begin(peer, 1, "/t/wait");
    peer.send({ type: "windowUpdate", streamId: 1, payload: uint32(2 ** 31 - 1 - 65_535) });

    peer.send({ type: "settings", payload: settings([4, 65_536]) });

    assert.deepEqual(await ending(peer), endsWith(codes.flowControl));
  });

  for (const [what, payload] of [
    ["empty frames", Buffer.alloc(0)],
    ["large frames", Buffer.alloc(16_384)],
  ] as const) {
    test(`continues a block for ever with ${what}`, async () => {
      const peer = await openServer(services);
      peer.send({ type: "headers", streamId: 1 });

      for (let count = 0; count < 5_000 && !peer.isEnded; count += 1) {
        peer.send({ type: "continuation", streamId: 1, payload });
      }

      assert.deepEqual(await ending(peer), endsWith(codes.calm));
    });
  }

  for (const [what, frame] of [
    ["pings", { type: "ping", payload: Buffer.alloc(8) }],
    ["settings", { type: "settings" }],
    ["streams that are over", { type: "data", streamId: 1 }],
  ] as const) {
    test(`sends ${what} and reads no answers`, async () => {
      const peer = await openServer(services);
      makeCall(peer, 1, "/t/echo");
      await peer.received();
      peer.pending = 5 * 2 ** 20;

      peer.send(frame);

      assert.deepEqual(await ending(peer), endsWith(codes.calm));
    });
  }
});
