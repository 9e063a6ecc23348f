import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { HeaderField } from "../../src/http2/hpack/decoder.ts";
import type { Stream, StreamListener } from "../../src/http2/stream.ts";
import { type Frame, settings, uint32 } from "./frames.ts";
import { call, message, type Opened, openClient } from "./open.ts";
import { codes, ending, endsWith, summary } from "./served.ts";

/** Opens a stream with a request that is complete; what comes back is noted. */
function request(peer: Opened, { consumes = true } = {}): { readonly stream: Stream; readonly heard: string[] } {
  const heard: string[] = [];
  const listener: StreamListener = {
    headers: (fields, end) =>
      heard.push(`headers ${fields === "too-large" ? fields : fields.join(" ")}${end ? " end" : ""}`),
    data(bytes, end) {
      heard.push(`data ${bytes.length}${end ? " end" : ""}`);
      if (consumes) stream.consume(bytes.length);
    },
    aborted: (code, reason) => heard.push(`aborted ${code} ${reason}`),
  };
  const stream = peer.connection.open(listener);
  stream.sendHeaders(call("/t/echo"));
  stream.sendData(message("hello"));
  stream.end();
  return { stream, heard };
}

const headers = (peer: Opened, streamId: number, fields: readonly HeaderField[], flags = 4): Frame => ({
  type: "headers",
  flags,
  streamId,
  payload: peer.encoder.encode(fields),
});

describe("a client's connection", () => {
  test("numbers its streams, and sends fields, body and end", async () => {
    const peer = await openClient();

    request(peer);
    request(peer);

    const sent = await peer.received();
    assert.deepEqual(
      summary(sent, 1).map((line) => line.split(" ").slice(0, 2).join(" ")),
      ["headers 4", "data 1"],
    );
    assert.equal(summary(sent, 3).length, 2);
  });

  test("hears fields, body and trailers, and answers in between not at all", async () => {
    const peer = await openClient();
    const { stream, heard } = request(peer);

    peer.send(
      headers(peer, 1, [[":status", "100"]]),
      headers(peer, 1, [[":status", "200"]]),
      { type: "data", streamId: 1, payload: message("hello") },
      headers(peer, 1, [["grpc-status", "0"]], 5),
    );

    assert.deepEqual(heard, ["headers :status,200", "data 10", "headers grpc-status,0 end"]);
    assert.equal(stream.isClosed, true);
  });

  test("gives the window back for what was consumed, and for no more", async () => {
    const peer = await openClient();
    request(peer);
    request(peer, { consumes: false });
    await peer.received();
    for (const streamId of [1, 3]) {
      peer.send(headers(peer, streamId, [[":status", "200"]]));
      for (let count = 0; count < 40; count += 1) peer.send({ type: "data", streamId, payload: Buffer.alloc(16_384) });
    }

    const updates = (await peer.received()).filter(({ type }) => type === "windowUpdate");

    assert.deepEqual([...new Set(updates.map(({ streamId }) => streamId))], [1]);
  });

  test("opens no more streams than the server allows", async () => {
    const peer = await openClient();
    peer.send({ type: "settings", payload: settings([3, 1]) });
    assert.equal(peer.connection.canOpen, true);

    const { stream } = request(peer);
    assert.equal(peer.connection.canOpen, false);
    stream.reset(8);

    assert.equal(peer.connection.canOpen, true);
  });

  test("ignores what comes for a stream that it gave up", async () => {
    const peer = await openClient();
    const { stream, heard } = request(peer);
    stream.reset(8);

    peer.send(headers(peer, 1, [[":status", "200"]]), {
      type: "data",
      flags: 1,
      streamId: 1,
      payload: message("late"),
    });

    assert.deepEqual(heard, []);
    assert.equal(peer.isEnded, false);
    assert.equal(summary(await peer.received(), 1).at(-1), "reset 8");
  });

  test("tells a stream of its reset", async () => {
    const peer = await openClient();
    const { heard } = request(peer);

    peer.send({ type: "rstStream", streamId: 1, payload: uint32(7) });

    assert.deepEqual(heard, ["aborted 7 the peer has reset the stream"]);
  });

  test("gives up streams that a leaving server will not answer, and ends after the others", async () => {
    let changes = 0;
    const peer = await openClient({ changed: () => (changes += 1) });
    const first = request(peer);
    const second = request(peer);

    peer.send({ type: "goAway", payload: Buffer.concat([uint32(1), uint32(0)]) });

    assert.deepEqual(second.heard, ["aborted 7 the peer takes no more streams"]);
    assert.equal(peer.connection.isUsable, false);
    assert.ok(changes > 0);
    peer.send(headers(peer, 1, [[":status", "200"]], 5));
    assert.deepEqual(first.heard, ["headers :status,200 end"]);
    assert.equal(peer.isEnded, true);
  });

  test("tells all streams when the connection is lost", async () => {
    const errors: (Error | undefined)[] = [];
    const peer = await openClient({ closed: (error) => errors.push(error) });
    const { heard } = request(peer);
    const error = new Error("reset by peer");

    peer.connection.close(error);
    peer.connection.close();

    assert.deepEqual(heard, ["aborted undefined the connection was lost"]);
    assert.deepEqual(errors, [error]);
  });
});

describe("a client resets a stream whose server", () => {
  const cases: readonly (readonly [what: string, ...frames: ((peer: Opened) => Frame)[]])[] = [
    ["sends a body before its fields", () => ({ type: "data", streamId: 1, payload: Buffer.of(1) })],
    ["answers without a status", (peer) => headers(peer, 1, [["name", "value"]])],
    [
      "has a pseudo field of requests",
      (peer) =>
        headers(peer, 1, [
          [":status", "200"],
          [":path", "/"],
        ]),
    ],
    [
      "has a status in its trailers",
      (peer) => headers(peer, 1, [[":status", "200"]]),
      (peer) => headers(peer, 1, [[":status", "200"]], 5),
    ],
    [
      "sends less than it said",
      (peer) =>
        headers(peer, 1, [
          [":status", "200"],
          ["content-length", "5"],
        ]),
      () => ({ type: "data", flags: 1, streamId: 1, payload: Buffer.of(1) }),
    ],
  ];
  for (const [what, ...frames] of cases) {
    test(what, async () => {
      const peer = await openClient();
      const { heard } = request(peer);

      for (const frame of frames) peer.send(frame(peer));

      assert.equal(summary(await peer.received(), 1).at(-1), `reset ${codes.protocol}`);
      assert.match(heard.at(-1) ?? "", /^aborted 1 malformed message: /);
      assert.equal(peer.isEnded, false);
    });
  }
});

describe("a client's connection ends when its server", () => {
  const cases: readonly (readonly [what: string, frame: (peer: Opened) => Frame])[] = [
    ["opens a stream", (peer) => headers(peer, 2, [[":status", "200"]])],
    ["pushes", () => ({ type: "pushPromise", flags: 4, streamId: 1, payload: uint32(2) })],
    ["answers what was not asked", (peer) => headers(peer, 3, [[":status", "200"]])],
    ["sends a body for what was not asked", () => ({ type: "data", streamId: 3 })],
  ];
  for (const [what, frame] of cases) {
    test(what, async () => {
      const peer = await openClient();
      const { heard } = request(peer);

      peer.send(frame(peer));

      assert.deepEqual(await ending(peer), endsWith(codes.protocol));
      assert.match(heard.at(-1) ?? "", /^aborted undefined /);
    });
  }
});
