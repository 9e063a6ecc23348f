import type { Readable } from "node:stream";

const maxLength = 64 * 1024;

/** Calls back with each line of a stream, without its end; a line beyond 64 KiB comes in pieces. The stream is read until it ends. */
export function onLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) pieces(line).forEach(onLine);
    if (rest.length < maxLength) return;
    pieces(rest).forEach(onLine);
    rest = "";
  });
  // A pipe that breaks ends; how the process went says the rest.
  stream.on("error", () => {});
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}

function pieces(line: string): readonly string[] {
  if (line.length <= maxLength) return [line];
  return [line.slice(0, maxLength), ...pieces(line.slice(maxLength))];
}
