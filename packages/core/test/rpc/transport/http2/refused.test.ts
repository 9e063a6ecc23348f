import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { createHeaderEncoder } from "../../../../src/http2/hpack/encoder.ts";
import { clientPreface } from "../../../../src/http2/protocol.ts";
import { createHttp2 } from "../../../../src/rpc/transport/http2/http2.ts";
import { bytesOf, type Frame, framesIn, lengthOfFrames, uint32 } from "../../../http2/frames.ts";
import { message } from "../../../http2/open.ts";
import { temporaryDirectory } from "../../fixture.ts";

async function* nothing() {}

/** Answers a call well. */
function answer(streamId: number): readonly Frame[] {
  const { encode } = createHeaderEncoder({ maxTableSize: 0 });
  return [
    { type: "headers", flags: 4, streamId, payload: encode([[":status", "200"]]) },
    { type: "data", streamId, payload: message("answered") },
    { type: "headers", flags: 5, streamId, payload: encode([["grpc-status", "0"]]) },
  ];
}

/** Starts a server that does to the calls, counted over all connections, what it is told; and makes a channel to it. */
async function serve(t: TestContext, react: (count: number, streamId: number, socket: Socket) => readonly Frame[]) {
  const path = join(temporaryDirectory(t), "socket");
  let count = 0;
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    let isGreeted = false;
    socket.on("error", () => {});
    socket.write(bytesOf({ type: "settings" }));
    socket.on("data", (bytes) => {
      received = Buffer.concat([received, Buffer.from(bytes)]);
      if (!isGreeted && received.length < clientPreface.length) return;
      if (!isGreeted) received = received.subarray(clientPreface.length);
      isGreeted = true;
      const length = lengthOfFrames(received);
      const requests = framesIn(received.subarray(0, length)).filter(
        ({ type, flags }) => type === "data" && flags === 1,
      );
      received = received.subarray(length);
      for (const { streamId } of requests) {
        count += 1;
        for (const frame of react(count, streamId, socket)) socket.write(bytesOf(frame));
      }
    });
  }).listen(path);
  await once(server, "listening");
  const channel = createHttp2().dial({ address: { network: "unix", address: path } });
  t.after(async () => {
    await channel.close();
    server.close();
  });
  return {
    call: async () => Buffer.from(await channel.unary("/t/m", Buffer.from("x"))).toString(),
    listen: () => Array.fromAsync(channel.stream("/t/m", nothing())),
    calls: () => count,
  };
}

describe("a call that its server has not begun", { timeout: 20_000 }, () => {
  test("is made once more when its stream was refused", async (t) => {
    const refused: Frame = { type: "rstStream", streamId: 1, payload: uint32(7) };
    const { call, calls } = await serve(t, (count, streamId) => (count === 1 ? [refused] : answer(streamId)));

    assert.equal(await call(), "answered");
    assert.equal(calls(), 2);
  });

  test("is made on another connection when the server leaves", async (t) => {
    const leaving: Frame = { type: "goAway", payload: Buffer.concat([uint32(0), uint32(0)]) };
    const { call, calls } = await serve(t, (count, streamId) => (count === 1 ? [leaving] : answer(streamId)));

    assert.equal(await call(), "answered");
    assert.equal(calls(), 2);
  });

  test("fails when it is refused again", async (t) => {
    const { call, calls } = await serve(t, (_, streamId) => [{ type: "rstStream", streamId, payload: uint32(7) }]);

    await assert.rejects(call(), { name: "RpcError", status: "unavailable" });
    assert.equal(calls(), 2);
  });
});

describe("a call that its server may have begun", { timeout: 20_000 }, () => {
  test("fails when the connection is lost, and the next one is made on another", async (t) => {
    const { call, calls } = await serve(t, (count, streamId, socket) => {
      if (count > 1) return answer(streamId);
      socket.destroy();
      return [];
    });

    await assert.rejects(call(), { name: "RpcError", status: "unavailable" });
    assert.equal(await call(), "answered");
    assert.equal(calls(), 2);
  });

  test("fails with what a reset says", async (t) => {
    const { call } = await serve(t, (_, streamId) => [{ type: "rstStream", streamId, payload: uint32(11) }]);

    await assert.rejects(call(), { name: "RpcError", status: "resource-exhausted" });
  });

  test("fails when the answer has no status", async (t) => {
    const { encode } = createHeaderEncoder({ maxTableSize: 0 });
    const { call } = await serve(t, (_, streamId) => [
      { type: "headers", flags: 5, streamId, payload: encode([[":status", "503"]]) },
    ]);

    await assert.rejects(call(), { name: "RpcError", status: "unavailable" });
  });

  test("fails when the answer ends within its message", async (t) => {
    const { call } = await serve(t, (_, streamId) =>
      answer(streamId).map((frame) =>
        frame.type === "data" ? { ...frame, payload: frame.payload?.subarray(0, 9) ?? Buffer.alloc(0) } : frame,
      ),
    );

    await assert.rejects(call(), { name: "RpcError", status: "internal" });
  });

  test("fails when an answer of many messages ends within one", async (t) => {
    const { listen } = await serve(t, (_, streamId) =>
      answer(streamId).map((frame) => (frame.type === "data" ? { ...frame, payload: Buffer.alloc(4) } : frame)),
    );

    await assert.rejects(listen(), { status: "internal", message: "the answer ended within a message" });
  });

  test("fails when the answer has two messages, or none", async (t) => {
    const { call } = await serve(t, (count, streamId) => {
      const [fields, body, trailers] = answer(streamId);
      return [fields, ...(count === 1 ? [body, body] : []), trailers].filter((frame) => frame !== undefined);
    });

    await assert.rejects(call(), { name: "RpcError", status: "internal" });
    await assert.rejects(call(), { name: "RpcError", status: "internal" });
  });
});
