import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerHttp2Stream } from "node:http2";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { createHeaderDecoder, type HeaderField } from "../../../src/http2/hpack/decoder.ts";
import { createHeaderEncoder } from "../../../src/http2/hpack/encoder.ts";
import { clientPreface } from "../../../src/http2/protocol.ts";
import { temporaryDirectory } from "../../rpc/fixture.ts";
import { bytesOf as frameBytes, framesIn, lengthOfFrames, settings } from "../frames.ts";
import { bytesOf } from "./fixture.ts";

/** Starts a server by node:http2, which is by nghttp2, that answers with the fields that it is sent; and connects to it. */
async function connectToEcho(t: TestContext, headerTableSize: number) {
  const path = join(temporaryDirectory(t), "socket");
  const server = createServer({ settings: { headerTableSize } }).listen(path);
  server.on("stream", (stream: ServerHttp2Stream, _headers, _flags, raw: readonly string[]) => {
    const answer: Record<string, string[]> = {};
    for (let at = 0; at < raw.length; at += 2) {
      const [name = "", value = ""] = raw.slice(at, at + 2);
      if (!name.startsWith(":")) answer[name] = [...(answer[name] ?? []), value];
    }
    stream.respond({ ":status": 200, ...answer }, { endStream: true });
  });
  await once(server, "listening");
  const socket = connect(path);
  t.after(() => {
    socket.destroy();
    server.close();
  });
  return socket;
}

/** Fields of which some come again, in a random order of their names, since node:http2 groups them. */
function fieldsOf(seed: string): readonly HeaderField[] {
  const random = bytesOf(seed, 24);
  const fields = new Map<string, string>();
  for (let at = 0; at < 24; at += 3) {
    const [name = 0, value = 0, length = 0] = random.subarray(at, at + 3);
    const text = value < 128 ? `${value % 16}` : bytesOf(`${seed} ${at}`, length).toString("base64");
    fields.set(`x-field-${name % 12}`, text);
  }
  return [...fields];
}

describe("header blocks that nghttp2 reads and writes", { timeout: 30_000 }, () => {
  for (const [theirs, ours] of [
    [4096, 4096],
    [0, 4096],
    [150, 300],
    [65_536, 65_536],
  ] as const) {
    test(`are the same to us, with tables of ${theirs} and ${ours} bytes`, async (t) => {
      const socket = await connectToEcho(t, theirs);
      const encoder = createHeaderEncoder({ maxTableSize: 65_536 });
      const { decode } = createHeaderDecoder({ maxTableSize: ours, maxListSize: 65_536 });
      encoder.setMaxTableSize(theirs);
      socket.write(clientPreface);
      socket.write(frameBytes({ type: "settings", payload: settings([1, ours]) }));

      const sent = Array.from({ length: 200 }, (_, round) => fieldsOf(`${theirs} ${round}`));
      const answers: (readonly HeaderField[])[] = [];
      let received = Buffer.alloc(0);
      let isGreeted = false;
      for await (const chunk of socket) {
        received = Buffer.concat([received, chunk]);
        const length = lengthOfFrames(received);
        const frames = framesIn(received.subarray(0, length));
        received = received.subarray(length);
        // Their limit holds from their settings on, once these are acknowledged.
        if (!isGreeted && frames.some(({ type }) => type === "settings")) {
          isGreeted = true;
          socket.write(frameBytes({ type: "settings", flags: 1 }));
          sent.forEach((fields, at) => {
            const request: HeaderField[] = [
              [":method", "GET"],
              [":scheme", "http"],
              [":authority", "localhost"],
              [":path", `/${at % 5}`],
              ...fields,
            ];
            socket.write(
              frameBytes({ type: "headers", flags: 5, streamId: 2 * at + 1, payload: encoder.encode(request) }),
            );
          });
        }
        for (const { type, payload } of frames) {
          assert.notEqual(type, "goAway");
          if (type === "headers")
            answers.push([...(decode(payload) as HeaderField[])].filter(([name]) => name.startsWith("x-")));
        }
        if (answers.length === sent.length) break;
      }

      assert.deepEqual(answers, sent);
    });
  }
});
