import { writeStderr } from "./stderr.ts";

/** Ends the process with one readable line when something was thrown that nobody caught; it is never left half-dead. */
export function endOnUncaught(): void {
  process.on("uncaughtException", panic);
  process.on("unhandledRejection", panic);
}

function panic(thrown: unknown): void {
  // A host that is gone makes every write to it fail; the watch on the parent ends the process.
  if (isBrokenPipe(thrown)) return;
  writeStderr(panicLine(thrown));
  process.exit(2);
}

/** Describes what was thrown; hosts take a line that starts like this for an error. */
export function panicLine(thrown: unknown): string {
  const text = thrown instanceof Error ? (thrown.stack ?? `${thrown.name}: ${thrown.message}`) : String(thrown);
  const named = thrown instanceof Error && !text.includes(thrown.message) ? `${thrown.message} ${text}` : text;
  return `panic: ${named.replaceAll(/\s*\n\s*/g, " | ").slice(0, 4096)}\n`;
}

function isBrokenPipe(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "EPIPE";
}
