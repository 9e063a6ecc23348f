import { resolve } from "node:path";
import { type Finding, note, ok } from "./finding.ts";

/** How this process came to be, so that it can be started once more. */
export interface Program {
  /** The plugin's own file: the compiled one, or the script. */
  readonly file: string;
  /** Whether plugin and runtime are one file, as hosts need it. */
  readonly isCompiled: boolean;
  readonly runtime: string;
  /** What a child process is started with. */
  readonly command: { readonly file: string; readonly args: readonly string[] };
}

/** Compiled files of Bun name their entry in a file system of their own; other kinds name themselves. */
const insideOfBun = /^(?:\/\$bunfs\/|[A-Z]:[\\/]~BUN[\\/])/;

/** Finds out what runs here. */
export function thisProgram(running: Pick<NodeJS.Process, "execPath" | "execArgv" | "argv" | "versions">): Program {
  const { execPath, execArgv, versions } = running;
  const entry = running.argv[1] ?? execPath;
  const { bun } = versions;
  const runtime = bun === undefined ? `Node ${versions.node}` : `Bun ${bun}`;
  const isCompiled = insideOfBun.test(entry) || resolve(entry) === resolve(execPath);
  if (isCompiled) return { file: execPath, isCompiled, runtime, command: { file: execPath, args: [] } };
  const file = resolve(entry);
  return { file, isCompiled, runtime, command: { file: execPath, args: [...execArgv, file] } };
}

/** Says whether a host can start it. */
export function checkProgram({ isCompiled, runtime }: Program): Finding {
  if (isCompiled) return ok(`one file, with ${runtime} inside`);
  return note(
    `a script run by ${runtime}. A server starts one file and compares its SHA-256, which would be that of the ` +
      "runtime and not of the plugin, so there is no command to register it. Compile it into one file first",
  );
}
