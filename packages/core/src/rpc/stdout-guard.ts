import { Writable } from "node:stream";

/**
 * Keeps the real standard output free for the handshake line.
 *
 * Whatever is written to `process.stdout` or by `console` goes elsewhere from the start; only writes to the file
 * descriptor itself cannot be caught. Bun's console does not write through `process.stdout`, so it needs its own turn.
 */
export interface StdoutGuard {
  /** Says where the output goes; what was written before is given at once. */
  forwardTo(sink: (data: Uint8Array) => void): void;
  /** Also covers those who took hold of the stream earlier. It opens the stream, which takes too long before the handshake. */
  seal(): void;
}

const toStdout = [
  "log",
  "info",
  "debug",
  "dir",
  "dirxml",
  "table",
  "group",
  "groupCollapsed",
  "groupEnd",
  "count",
  "countReset",
  "time",
  "timeEnd",
  "timeLog",
  "clear",
] as const;

const maxHeldBytes = 64 * 1024;

let installed: StdoutGuard | undefined;

/** Puts the guard in place, once a process. */
export function guardStdout(): StdoutGuard {
  installed ??= install();
  return installed;
}

function install(): StdoutGuard {
  const held: Uint8Array[] = [];
  let sink = (data: Uint8Array) => {
    if (held.reduce((sum, { length }) => sum + length, data.length) <= maxHeldBytes) held.push(data);
  };
  const stream = new Writable({
    decodeStrings: true,
    write(chunk: Uint8Array, _encoding, done) {
      sink(chunk);
      done();
    },
  });
  const original = Object.getOwnPropertyDescriptor(process, "stdout");
  Object.defineProperty(process, "stdout", { configurable: true, enumerable: true, get: () => stream });
  redirectConsole(stream);
  return {
    forwardTo(next) {
      sink = next;
      for (const data of held.splice(0)) next(data);
    },
    seal() {
      const real: unknown = original?.get ? original.get.call(process) : original?.value;
      if (real instanceof Writable) real.write = stream.write.bind(stream);
    },
  };
}

function redirectConsole(stdout: Writable): void {
  let redirected: typeof console | undefined;
  for (const name of toStdout) {
    console[name] = (...values: unknown[]) => {
      redirected ??= new console.Console({ stdout, stderr: process.stderr, ignoreErrors: true });
      // Each of these takes any values; their separate declarations have no common type.
      (redirected[name] as (...values: unknown[]) => void)(...values);
    };
  }
  if (!("write" in console)) return;
  // Bun has one more, which adds nothing to what it is given and tells how many bytes that were.
  const write = (...pieces: readonly (string | Uint8Array)[]) => {
    const data = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
    stdout.write(data);
    return data.length;
  };
  Reflect.set(console, "write", write);
}

// A host sets this for every plugin that it starts. Taking effect with the import catches what other modules print
// while they load, before `servePlugin` can be called.
if (process.env["PLUGIN_PROTOCOL_VERSIONS"] !== undefined) guardStdout();
