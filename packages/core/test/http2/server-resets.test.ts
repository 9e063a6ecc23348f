import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ServerCall } from "../../src/rpc/transport/transport.ts";
import { until } from "../../src/rpc/until.ts";
import { type Frame, uint32 } from "./frames.ts";
import { call, message, openServer } from "./open.ts";
import { assertAnswers, begin, codes, services, summary } from "./served.ts";

describe("a server resets a stream whose client", () => {
  const cases: readonly (readonly [what: string, code: number, ...frames: Frame[]])[] = [
    ["widens it by nothing", codes.protocol, { type: "windowUpdate", streamId: 1, payload: uint32(0) }],
    [
      "widens it by more than there is",
      codes.flowControl,
      { type: "windowUpdate", streamId: 1, payload: uint32(2 ** 31 - 1) },
    ],
    [
      "lets it depend on itself",
      codes.protocol,
      { type: "priority", streamId: 1, payload: Buffer.concat([uint32(1), Buffer.of(0)]) },
    ],
    ["has a priority of another size", codes.frameSize, { type: "priority", streamId: 1, payload: Buffer.alloc(4) }],
    ["sends trailers that do not end it", codes.protocol, { type: "headers", flags: 4, streamId: 1 }],
    ["sends after its end", codes.streamClosed, { type: "data", flags: 1, streamId: 1 }, { type: "data", streamId: 1 }],
  ];
  for (const [what, code, ...frames] of cases) {
    test(what, async () => {
      const peer = await openServer(services);
      begin(peer, 1, code === codes.streamClosed ? "/t/wait" : "/t/chat");
      // The method has to be under way, with nothing in its queue that it could answer.
      await peer.received();

      peer.send(...frames);

      assert.equal(summary(await peer.received(), 1).at(-1), `reset ${code}`);
      assert.equal(peer.isEnded, false);
      await assertAnswers(peer, 3);
    });
  }

  test("sends more than its window", async () => {
    const peer = await openServer(services);
    const payload = message("x".repeat(16_379));
    begin(peer, 1, "/t/deaf");
    await peer.received();

    for (let count = 0; count < 64; count += 1) peer.send({ type: "data", streamId: 1, payload });
    assert.deepEqual(summary(await peer.received(), 1), []);
    peer.send({ type: "data", streamId: 1, payload });

    assert.deepEqual(summary(await peer.received(), 1), [`reset ${codes.flowControl}`]);
  });

  const malformed: readonly (readonly [what: string, fields: readonly (readonly [string, string])[]])[] = [
    ["has no method", call("/t/echo").slice(1)],
    ["has no path", call("/t/echo").filter(([name]) => name !== ":path")],
    ["has an empty path", call("")],
    ["has two paths", [[":path", "/"], ...call("/t/echo")]],
    ["has a pseudo field of answers", [[":status", "200"], ...call("/t/echo")]],
    ["has pseudo fields after others", call("/t/echo").toReversed()],
    ["has capital letters in a name", [...call("/t/echo"), ["Name", "value"]]],
    ["has a field of connections", [...call("/t/echo"), ["connection", "close"]]],
    ["has another te", [...call("/t/echo"), ["te", "gzip"]]],
    ["has a line break in a value", [...call("/t/echo"), ["name", "one\r\ntwo"]]],
    ["has a zero in a value", [...call("/t/echo"), ["name", "\0"]]],
    ["has a length that is none", [...call("/t/echo"), ["content-length", "-1"]]],
  ];
  for (const [what, fields] of malformed) {
    test(what, async () => {
      const peer = await openServer(services);

      peer.send({ type: "headers", flags: 4, streamId: 1, payload: peer.encoder.encode(fields) });

      assert.deepEqual(summary(await peer.received(), 1), [`reset ${codes.protocol}`]);
      await assertAnswers(peer, 3);
    });
  }

  test("sends a compressed message, and tells the handler", async () => {
    const ended = Promise.withResolvers<void>();
    const handle = async function* (_: unknown, { signal }: ServerCall) {
      yield new Uint8Array();
      await until(signal);
      ended.resolve();
    };
    const peer = await openServer([new Map([["/t/m", { kind: "stream", handle }]])]);
    begin(peer, 1, "/t/m");
    await peer.received();

    peer.send({ type: "data", streamId: 1, payload: Buffer.of(1, 0, 0, 0, 0) });

    assert.equal(summary(await peer.received(), 1).at(-1), `reset ${codes.none}`);
    await ended.promise;
  });

  test("sends another length than it said", async () => {
    const peer = await openServer(services);
    const fields = [...call("/t/echo"), ["content-length", "11"]] as const;
    peer.send({ type: "headers", flags: 4, streamId: 1, payload: peer.encoder.encode(fields) });

    peer.send({ type: "data", flags: 1, streamId: 1, payload: message("hello") });

    assert.deepEqual(summary(await peer.received(), 1), [`reset ${codes.protocol}`]);
  });
});
