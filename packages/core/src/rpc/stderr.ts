import { writeSync } from "node:fs";

const retries = 200;
const retryMs = 5;

/**
 * Writes to the real standard error at once, past the streams of the runtime: opening those takes milliseconds.
 *
 * A host that is gone, or that has not read for a second, loses the text; a plugin must not end or hang for that.
 */
export function writeStderr(text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  for (let attempt = 0; rest.length > 0 && attempt < retries; attempt += 1) {
    try {
      rest = rest.subarray(writeSync(2, rest));
    } catch (error) {
      if (!isFull(error)) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMs);
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}
