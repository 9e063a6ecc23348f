import { spawn } from "node:child_process";
import { root } from "./project.ts";

/** Runs a tool of the project in the repository's folder; where it fails, this process ends with its exit code. */
export async function run(program: string, ...args: readonly string[]): Promise<void> {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" };
  const child = spawn(program, args, { cwd: root, env, stdio: "inherit" });
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject).on("exit", (exitCode) => resolve(exitCode ?? 1));
  });
  if (code !== 0) process.exit(code);
}
