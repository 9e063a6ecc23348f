import { at, list, number } from "./json.js";

/** @import { Session } from "./session.js" */

/**
 * A part of what happened.
 *
 * @typedef {object} Piece
 * @property {readonly unknown[]} lines
 * @property {readonly unknown[]} calls
 * @property {number} missed
 */

const againMs = 1000;

/**
 * Follows what happens, and begins again when the connection breaks.
 *
 * @param {Session} session
 * @param {object} reader
 * @param {() => void} reader.begin What came before is sent again after this.
 * @param {(piece: Piece) => void} reader.take
 * @param {(problem: string) => void} reader.fail
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export async function followActivity(session, reader, signal) {
  while (!signal.aborted) {
    try {
      const response = await session.open("ui/api/activity", signal);
      if (response.status === 403) return reader.fail("This token may not see the activity.");
      if (response.status === 200 && response.body !== null) {
        reader.begin();
        await readLines(response.body, reader.take);
      }
      reader.fail(`The server answers ${response.status}. Trying again.`);
    } catch {
      // Either the page was left, which ends the loop, or the server is gone, and may come back.
      reader.fail("The server cannot be reached. Trying again.");
    }
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

/**
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream
 * @param {(piece: Piece) => void} take
 * @returns {Promise<void>}
 */
async function readLines(stream, take) {
  let rest = "";
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(pieceOf(JSON.parse(line)));
  }
}

/**
 * @param {unknown} json
 * @returns {Piece}
 */
function pieceOf(json) {
  return { lines: list(at(json, "lines")), calls: list(at(json, "calls")), missed: number(at(json, "missed")) };
}
