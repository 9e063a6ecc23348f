import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";

/** A shell that keeps its variables and its folder from one block of commands to the next, as a terminal does. */
export interface Shell {
  /** Runs commands and gives what they printed; the first that fails is an error, with all that was printed. */
  run(commands: string): Promise<string>;
  close(): void;
}

/** Starts a shell in a folder. */
export function openShell(cwd: string, env: NodeJS.ProcessEnv): Shell {
  // Of a pipe only the last command counts, as for whoever types it. The commands come by stdin: in the arguments, a search for processes by their arguments would find the shell.
  const shell = spawn("bash", ["-eu", "-s"], { cwd, env });
  const printed = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    shell[stream].setEncoding("utf8").on("data", (text) => {
      printed[stream] += text;
    });
  // A write after the shell's end is told by its exit.
  shell.stdin.on("error", () => undefined);

  return {
    async run(commands) {
      printed.stdout = "";
      printed.stderr = "";
      const end = `end-of-block-${randomUUID()}`;
      // Commands in a block of their own are read to the end before the first of them runs, so none takes the others
      // for its input.
      shell.stdin.write(`{\n${commands}\n} </dev/null\nprintf '%s\\n' ${end}\n`);
      if (!(await printedLine(shell, () => printed.stdout, end)))
        throw new Error(`this failed:\n${commands}\n${printed.stdout}${printed.stderr}`);
      return printed.stdout.slice(0, -`${end}\n`.length);
    },
    close: () => shell.stdin.end(),
  };
}

/** Time for the last words of a shell that has ended. */
const drainMs = 200;

/** Waits for a line to be printed; false where the shell ends before. */
function printedLine(shell: ChildProcessWithoutNullStreams, text: () => string, line: string): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (found: boolean): void => {
      shell.stdout.off("data", look);
      shell.off("exit", exit);
      resolve(found);
    };
    const look = (): void => {
      if (text().endsWith(`${line}\n`)) settle(true);
    };
    // Not its "close", which waits for whatever the commands have left running.
    const exit = (): void => void setTimeout(() => settle(false), drainMs);
    shell.stdout.on("data", look);
    shell.on("exit", exit);
  });
}
