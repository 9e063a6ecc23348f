import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { buffer, text } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { describe, test } from "node:test";
import { ack, fin, initialWindow, rst, syn } from "../../../src/rpc/yamux/frame.ts";
import { bareSession, sessionPair, settled, streamPair } from "./fixture.ts";

const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("yamux streams", { timeout: 30_000 }, () => {
  test("carry bytes both ways", async (t) => {
    const [one, other] = await streamPair(t);

    one.end("question");
    other.end("answer");

    assert.equal(await text(other), "question");
    assert.equal(await text(one), "answer");
  });

  test("carry more than their window, unchanged", async (t) => {
    const [one, other] = await streamPair(t);
    const sent = randomBytes(5_000_001);

    one.end(sent);

    assert.equal(hash(await buffer(other)), hash(sent));
  });

  test("run side by side, from both sides", async (t) => {
    const { client, server } = sessionPair(t);
    const sent = Array.from({ length: 100 }, () => randomBytes(100_000));

    const received = await Promise.all(
      sent.map(async (bytes, index) => {
        const [from, to] = index % 2 === 0 ? [client, server] : [server, client];
        const [stream, taken] = await Promise.all([from.open(), to.accept()]);
        assert.equal(stream.id, taken.id);
        assert.equal(stream.id % 2, index % 2 === 0 ? 1 : 0);
        stream.end(bytes);
        return buffer(taken);
      }),
    );

    assert.deepEqual(received.map(hash), sent.map(hash));
  });

  test("can still be read after their own direction was ended", async (t) => {
    const [one, other] = await streamPair(t);
    // A stream that is read by `for await` is destroyed at its end, so not by `text`.
    const ended = once(other.resume(), "end");
    one.end("all I have");
    await ended;

    other.end("late answer");

    assert.equal(await text(one), "late answer");
  });

  test("hold a writer whose reader is slow [W65]", async (t) => {
    const [one, other] = await streamPair(t);
    const total = 8 * 1024 * 1024;
    let isWritten = false;
    one.end(Buffer.alloc(total), () => {
      isWritten = true;
    });

    await settled();

    assert.equal(isWritten, false);
    assert.equal(other.readableLength <= initialWindow, true);
    assert.equal((await buffer(other)).length, total);
  });

  test("give credit back when half a window was read [W65]", async (t) => {
    const { session, send, frames } = bareSession(t);
    await send({ type: "window-update", flags: syn, streamId: 1 });
    const stream = await session.accept();
    stream.resume();

    await send({ streamId: 1 }, Buffer.alloc(initialWindow / 2 - 1));
    await settled();
    assert.deepEqual(frames, [{ type: "window-update", flags: ack, streamId: 1, length: 0 }]);
    await send({ streamId: 1 }, Buffer.alloc(1));

    assert.deepEqual(frames.at(-1), { type: "window-update", flags: 0, streamId: 1, length: initialWindow / 2 });
  });

  test("do not send beyond the other side's window [W65]", async (t) => {
    const { session, send, frames } = bareSession(t, "client");
    const stream = await session.open();
    const sentBytes = () => frames.filter(({ type }) => type === "data").reduce((sum, { length }) => sum + length, 0);

    stream.write(Buffer.alloc(initialWindow + 10));
    await settled();
    assert.equal(sentBytes(), initialWindow);
    await send({ type: "window-update", streamId: 1, length: 4 });

    assert.equal(sentBytes(), initialWindow + 4);
  });

  test("may bring their end together with data", async (t) => {
    const { session, send } = bareSession(t);
    await send({ flags: syn | fin, streamId: 1 }, Buffer.from("all at once"));
    const stream = await session.accept();

    assert.equal(await text(stream), "all at once");
  });

  test("end with an error when the other side resets them", async (t) => {
    const [one, other] = await streamPair(t);
    const broken = assert.rejects(finished(other), { name: "YamuxError", message: /reset/ });

    one.destroy();

    await broken;
    assert.equal(other.destroyed, true);
  });

  test("reset the other side when they are destroyed", async (t) => {
    const { session, frames } = bareSession(t, "client");
    const stream = await session.open();

    stream.destroy();
    await settled();

    assert.deepEqual(frames.at(-1), { type: "window-update", flags: rst, streamId: 1, length: 0 });
  });

  test("ignore what was on its way when they were destroyed", async (t) => {
    const { session, send, frames } = bareSession(t, "client");
    const stream = await session.open();
    stream.destroy();

    await send({ streamId: 1 }, Buffer.from("too late"));
    await send({ type: "window-update", streamId: 1, length: 8 });

    assert.equal(
      frames.some(({ type }) => type === "go-away"),
      false,
    );
  });

  test("are reset when the other side does not close its direction for five minutes", async (t) => {
    const { session, send, clock, frames } = bareSession(t);
    await send({ type: "window-update", flags: syn, streamId: 1 });
    const stream = await session.accept();
    const failed = once(stream, "error");
    stream.end();
    await settled();
    // Answers the pings in between.
    for (let at = 0; at < 300; at += 30) {
      clock.advance(30_000);
      await settled();
      const ping = frames.findLast(({ type }) => type === "ping");
      await send({ type: "ping", flags: ack, length: ping?.length ?? 0 });
    }

    await failed;
    assert.deepEqual(
      frames.findLast(({ type }) => type === "window-update"),
      { type: "window-update", flags: rst, streamId: 1, length: 0 },
    );
  });
});
