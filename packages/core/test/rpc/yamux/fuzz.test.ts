import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { duplexPair } from "node:stream";
import { describe, test } from "node:test";
import { encodeFrame, type FrameType } from "../../../src/rpc/yamux/frame.ts";
import { createSession } from "../../../src/rpc/yamux/session.ts";
import { manualClock, settled } from "./fixture.ts";

/** Bytes that look random and are the same in every run. */
function bytesOf(seed: string, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at * 32 < length; at += 1) parts.push(createHash("sha256").update(`${seed} ${at}`).digest());
  return Buffer.concat(parts).subarray(0, length);
}

/** Sends bytes to a session whose streams echo, ends the connection, and gives whether the session ended. */
async function isEndedBy(bytes: Buffer): Promise<boolean> {
  const [connection, other] = duplexPair();
  const session = createSession(connection, { role: "server", clock: manualClock() });
  const echo = async () => {
    for (;;) {
      const stream = await session.accept();
      stream.pipe(stream);
    }
  };
  echo().catch(() => {});
  let isEnded = false;
  session.closed.then(() => {
    isEnded = true;
  });
  other.on("error", () => {});
  other.resume();
  other.end(bytes);
  await settled();
  return isEnded;
}

const frameTypes: readonly FrameType[] = ["data", "window-update", "ping", "go-away"];

function plausibleFrames(seed: string): Buffer {
  const random = bytesOf(seed, 40 * 6);
  const frames: Buffer[] = [];
  for (let at = 0; at < random.length; at += 6) {
    const [kind = 0, flags = 0, id = 0, length = 0, rare = 0, payload = 0] = random.subarray(at, at + 6);
    const type = frameTypes[rare > 240 ? kind % 4 : kind % 3] ?? "data";
    const size = type === "data" && rare < 250 ? payload : length;
    frames.push(encodeFrame({ type, flags: flags % 16, streamId: id % 8, length: size }));
    if (type === "data") frames.push(Buffer.alloc(payload));
  }
  return Buffer.concat(frames);
}

describe("a yamux session that is sent nonsense", { timeout: 60_000 }, () => {
  test("ends at random bytes", async () => {
    for (let round = 0; round < 1000; round += 1) {
      assert.ok(await isEndedBy(bytesOf(`random ${round}`, 1 + (round % 400))), `round ${round}`);
    }
  });

  test("ends at frames that make no sense together", async () => {
    for (let round = 0; round < 1000; round += 1) {
      assert.ok(await isEndedBy(plausibleFrames(`frames ${round}`)), `round ${round}`);
    }
  });

  test("ends wherever a good conversation is cut off", async () => {
    const opening = encodeFrame({ type: "window-update", flags: 1, streamId: 1, length: 0 });
    const data = encodeFrame({ type: "data", flags: 0, streamId: 1, length: 100 });
    const conversation = Buffer.concat([opening, data, Buffer.alloc(100), data, Buffer.alloc(100)]);
    for (let length = 0; length <= conversation.length; length += 1) {
      assert.ok(await isEndedBy(conversation.subarray(0, length)), `cut at ${length}`);
    }
  });
});
