import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { serverEnvironment } from "./server-process.ts";

/** The embedded host in a process of its own, with its data in a folder. */
export interface EmbeddedProcess {
  readonly address: string;
  readonly rootToken: string;
  /** What it and its plugins wrote to standard error so far. */
  output(): string;
  /** Stops it, or lets it go on. */
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  /** Ends it without a word to its plugins. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it; throws what it wrote when it ends instead. */
export async function startEmbeddedProcess(
  pluginDirectory: string,
  dataDirectory: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<EmbeddedProcess> {
  const main = join(import.meta.dirname, "embedded-main.ts");
  const args = ["--conditions=@vaultwright/source", main, pluginDirectory, dataDirectory];
  const child = spawn(process.execPath, args, { env: { ...serverEnvironment(), ...environment } });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const ended = once(child, "close");
  for await (const line of createInterface(child.stdout)) {
    const { address, rootToken } = JSON.parse(line);
    return {
      address,
      rootToken,
      output: () => output,
      signal: (name) => void child.kill(name),
      async kill() {
        child.kill("SIGKILL");
        await ended;
      },
      async stop() {
        child.stdin.end();
        await ended;
      },
    };
  }
  await ended;
  throw new Error(output);
}
