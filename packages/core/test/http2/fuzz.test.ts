import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Stream } from "../../src/http2/stream.ts";
import { type Frame, bytesOf as frameBytes, settings, uint32 } from "./frames.ts";
import { bytesOf as randomBytes } from "./hpack/fixture.ts";
import { call, message, type Opened, openClient, openServer } from "./open.ts";
import { services } from "./served.ts";

type Roll = (sides: number) => number;

/** Gives numbers that look random and are the same in every run. */
function dice(seed: string): Roll {
  let bytes: Buffer = Buffer.alloc(0);
  let at = 0;
  let block = 0;
  return (sides) => {
    if (at + 4 > bytes.length) {
      bytes = randomBytes(`${seed} ${block}`, 1024);
      block += 1;
      at = 0;
    }
    at += 4;
    return bytes.readUInt32BE(at - 4) % sides;
  };
}

const paths = ["/t/echo", "/t/wait", "/t/large", "/t/chat", "/t/deaf", "/t/none", ""];
const answers = [[[":status", "200"]], [["grpc-status", "0"]], [[":status", "100"]], [["Bad", "\0"]]] as const;
const numbers = [0, 1, 5, 65_535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** Makes what gives one frame after the other: mostly what one could expect, and sometimes anything. */
function framesOf(roll: Roll, { encoder }: Opened, role: "client" | "server"): () => Frame {
  let next = 1;

  const headers = (): Frame => {
    const isNew = role === "client" && roll(20) > 0;
    const streamId = isNew ? next : knownStream();
    if (isNew) next += 2;
    const fields = role === "client" ? call(paths[roll(paths.length)] ?? "") : (answers[roll(answers.length)] ?? []);
    const flags = roll(30) === 0 ? roll(256) : 4 | roll(2);
    return { type: "headers", flags, streamId, payload: encoder.encode(fields) };
  };
  const knownStream = () => (role === "client" ? 1 + 2 * roll(Math.max(1, (next - 1) / 2)) : 1 + 2 * roll(6));
  const number = () => uint32(roll(4) === 0 ? (numbers[roll(numbers.length)] ?? 0) : 1 + roll(100_000));

  return () => {
    if (roll(60) === 0)
      return { type: roll(16), flags: roll(256), streamId: roll(20), payload: randomBytes("any", roll(40)) };
    if (next === 1 && role === "client") return headers();
    switch (roll(10)) {
      case 0:
      case 1:
      case 2:
        return headers();
      case 3:
      case 4:
        return { type: "data", flags: roll(2), streamId: knownStream(), payload: message("x".repeat(roll(300))) };
      case 5: {
        const payload = randomBytes("body", 1 + (roll(2) === 0 ? roll(20) : roll(16_383)));
        payload[0] = 0;
        return { type: "data", flags: roll(8) === 0 ? 9 : roll(2), streamId: knownStream(), payload };
      }
      case 6:
        return { type: "rstStream", streamId: knownStream(), payload: uint32(roll(20)) };
      case 7:
        return { type: "windowUpdate", streamId: roll(2) === 0 ? 0 : knownStream(), payload: number() };
      case 8:
        return {
          type: "settings",
          flags: 0,
          payload: settings([roll(40) === 0 ? roll(7) : roll(2) * 3 + 1, roll(70_000)]),
        };
      default:
        return { type: "ping", flags: roll(2), payload: Buffer.alloc(8, roll(256)) };
    }
  };
}

/** Sends bytes in parts of random sizes. */
function sendInParts(peer: Opened, bytes: Buffer, roll: Roll): void {
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + roll(roll(2) === 0 ? 20 : 40_000);
    peer.sendBytes(bytes.subarray(at, end));
    at = end;
  }
}

/** Whether a connection has ended and said why, or still answers. Frames that are none throw. */
async function howItIs(peer: Opened): Promise<"ended" | "answers" | "silent"> {
  if (!peer.isEnded) peer.send({ type: "ping", payload: Buffer.from("are you?") });
  const frames = await peer.received();
  if (peer.isEnded) return frames.at(-1)?.type === "goAway" ? "ended" : "silent";
  const isPong = ({ type, payload }: Required<Frame>) =>
    type === "ping" && Buffer.from(payload).equals(Buffer.from("are you?"));
  return frames.some(isPong) ? "answers" : "silent";
}

/** How many bytes of body a connection has sent, and how many it was allowed to. */
function windows(sent: readonly Frame[], received: readonly Frame[]) {
  const allowed = sent
    .filter(({ type, streamId, payload }) => type === "windowUpdate" && streamId === 0 && payload?.length === 4)
    .reduce((total, { payload }) => total + (Buffer.from(payload ?? []).readUInt32BE() & 0x7fffffff), 65_535);
  const used = received
    .filter(({ type }) => type === "data")
    .reduce((total, { payload }) => total + (payload?.length ?? 0), 0);
  return { allowed, used };
}

describe("a server's connection that is sent nonsense", { timeout: 80_000 }, () => {
  test("ends or answers at frames of all kinds, and keeps the client's window", async () => {
    const seen = new Map<string, number>();
    for (let round = 0; round < 400; round += 1) {
      const roll = dice(`frames ${round}`);
      const peer = await openServer(services);
      const frames = Array.from({ length: 1 + roll(40) }, framesOf(roll, peer, "client"));

      sendInParts(peer, Buffer.concat(frames.map(frameBytes)), roll);

      const { allowed, used } = windows(frames, await peer.received());
      assert.ok(used <= allowed, `round ${round}: ${used} bytes, ${allowed} allowed`);
      // What it said at its end came before.
      const how = peer.isEnded ? "ended" : await howItIs(peer);
      assert.notEqual(how, "silent", `round ${round}`);
      seen.set(how, (seen.get(how) ?? 0) + 1);
    }

    assert.ok((seen.get("ended") ?? 0) > 20 && (seen.get("answers") ?? 0) > 20, JSON.stringify([...seen]));
  });

  test("ends at random bytes", async () => {
    for (let round = 0; round < 200; round += 1) {
      const peer = await openServer(services);
      // The last bytes complete a frame that says to be long.
      peer.sendBytes(Buffer.concat([randomBytes(`random ${round}`, 1000 + round), Buffer.alloc(20_000)]));

      assert.equal(await howItIs(peer), "ended", `round ${round}`);
    }
  });

  test("ends or answers when bytes of a good conversation are wrong", async () => {
    for (let round = 0; round < 400; round += 1) {
      const roll = dice(`wrong ${round}`);
      const peer = await openServer(services);
      const bytes = Buffer.concat(
        [1, 3, 5].flatMap((streamId) => [
          frameBytes({ type: "headers", flags: 4, streamId, payload: peer.encoder.encode(call("/t/chat")) }),
          frameBytes({ type: "data", streamId, payload: message("hello") }),
          frameBytes({ type: "windowUpdate", streamId, payload: uint32(1000) }),
          frameBytes({ type: "data", flags: 1, streamId, payload: message("bye") }),
        ]),
      );
      for (let count = 0; count <= roll(3); count += 1) bytes[roll(bytes.length)] = roll(256);

      sendInParts(peer, bytes, roll);
      // A frame that lost its beginning may wait for a rest that never comes.
      peer.sendBytes(Buffer.alloc(20_000));

      assert.notEqual(await howItIs(peer), "silent", `round ${round}`);
    }
  });
});

describe("a client's connection that is sent nonsense", { timeout: 80_000 }, () => {
  test("ends or answers at frames of all kinds, and tells its streams", async () => {
    for (let round = 0; round < 400; round += 1) {
      const roll = dice(`server's frames ${round}`);
      const peer = await openClient();
      const streams: Stream[] = [];
      let aborted = 0;
      for (let count = 0; count < 6; count += 1) {
        const stream = peer.connection.open({
          headers() {},
          data: (bytes) => stream.consume(bytes.length),
          aborted() {
            aborted += 1;
          },
        });
        stream.sendHeaders(call("/t/echo"));
        stream.sendData(message("hello"));
        if (roll(2) === 0) stream.end();
        streams.push(stream);
      }
      await peer.received();
      const frames = Array.from({ length: 1 + roll(30) }, framesOf(roll, peer, "server"));

      sendInParts(peer, Buffer.concat(frames.map(frameBytes)), roll);

      await peer.received();
      const how = peer.isEnded ? "ended" : await howItIs(peer);
      assert.notEqual(how, "silent", `round ${round}`);
      if (how !== "ended") continue;
      assert.ok(
        streams.every(({ isClosed }) => isClosed),
        `round ${round}`,
      );
      assert.ok(aborted <= streams.length, `round ${round}`);
    }
  });
});
