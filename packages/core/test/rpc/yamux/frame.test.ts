import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeFrame, encodeFrame, type Frame, fin, initialWindow, syn } from "../../../src/rpc/yamux/frame.ts";
import { createFrameReader } from "../../../src/rpc/yamux/frame-reader.ts";

const update: Frame = { type: "window-update", flags: syn | fin, streamId: 0x01020304, length: 0xfffefdfc };

describe("yamux frames", () => {
  test("have headers of twelve bytes, big endian", () => {
    assert.equal(encodeFrame(update).toString("hex"), "0001000501020304fffefdfc");
  });

  test("let each side send 256 KiB before it is given more [W65]", () => {
    assert.equal(initialWindow, 262_144);
  });

  test("are read as they were written", () => {
    for (const type of ["data", "window-update", "ping", "go-away"] as const) {
      assert.deepEqual(decodeFrame(encodeFrame({ ...update, type })), { ...update, type });
    }
  });

  test("of another version or an unknown type are refused", () => {
    assert.throws(() => decodeFrame(Buffer.from("010100000000000000000000", "hex")), { name: "YamuxError" });
    assert.throws(() => decodeFrame(Buffer.from("000400000000000000000000", "hex")), { name: "YamuxError" });
  });

  test("are found wherever the bytes are cut", () => {
    const data = encodeFrame({ type: "data", flags: 0, streamId: 3, length: 5 });
    const bytes = Buffer.concat([encodeFrame(update), data, Buffer.from("hello"), encodeFrame(update)]);
    for (let size = 1; size <= bytes.length; size += 1) {
      const frames: Frame[] = [];
      let payload = "";
      const read = createFrameReader({
        onFrame: (frame) => frames.push(frame),
        onPayload(streamId, part) {
          assert.equal(streamId, 3);
          payload += part;
        },
      });

      for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));

      assert.equal(payload, "hello");
      assert.deepEqual(
        frames.map(({ type }) => type),
        ["window-update", "data", "window-update"],
      );
    }
  });
});
