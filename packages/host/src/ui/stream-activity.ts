import type { ServerResponse } from "node:http";
import type { HostState } from "../state.ts";

// A burst of calls is sent as one piece, which the eye takes for at once.
const gatherMs = 100;
// How soon somebody whose token has ended sees no more, also where nothing happens.
const checkMs = 5_000;

/** Sends the recent past and then what happens, a JSON object in each line, for as long as the reader may see it. */
export function streamActivity(state: HostState, out: ServerResponse, mayRead: () => boolean): void {
  const { lines, calls } = state.activity;
  const next = { lines: 0, calls: 0 };
  let timer: NodeJS.Timeout | undefined;

  const send = (): void => {
    timer = undefined;
    if (!mayRead()) {
      out.end();
      return;
    }
    // A reader that is slow misses what is forgotten meanwhile, and is told how much.
    if (out.writableNeedDrain) return;
    const newLines = lines.after(next.lines);
    const newCalls = calls.after(next.calls);
    next.lines = newLines.position;
    next.calls = newCalls.position;
    const paths = new Map(state.mounts.plugins().map(({ entry, fullPath }) => [entry.uuid, fullPath]));
    const piece = {
      lines: newLines.items,
      calls: newCalls.items.map(({ mountUuid, ...call }) => ({ ...call, mount: paths.get(mountUuid) ?? "" })),
      missed: newLines.missed + newCalls.missed,
    };
    out.write(`${JSON.stringify(piece)}\n`);
  };
  const sendSoon = (): void => {
    timer ??= setTimeout(send, gatherMs);
  };

  const stops = [lines.watch(sendSoon), calls.watch(sendSoon)];
  const check = setInterval(sendSoon, checkMs);
  out.on("drain", sendSoon);
  out.once("close", () => {
    clearTimeout(timer);
    clearInterval(check);
    for (const stop of stops) stop();
  });
  out.writeHead(200, { "Content-Type": "application/x-ndjson" });
  send();
}
