import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

/** Runs a program and gives what it printed; an error carries what it wrote to stderr. */
export async function readOutput(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  try {
    const { stdout } = await execFileAsync(file, args, { maxBuffer: 2 ** 26, ...options });
    return stdout.trim();
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? `\n${error.stderr}` : "";
    throw new Error(`${[file, ...args].join(" ")} failed${said}`, { cause: error });
  }
}

/** Where a program runs, and with which environment. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs npm in a folder: the npm that has started this process, or the one in the path. */
export async function runNpm(folder: string, ...args: readonly string[]): Promise<string> {
  const script = process.env["npm_execpath"];
  if (script === undefined) return await readOutput("npm", args, { cwd: folder });
  return await readOutput(process.execPath, [script, ...args], { cwd: folder });
}
