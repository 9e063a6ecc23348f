import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { outputFile } from "../build/build.ts";
import { CommandError } from "../command-error.ts";
import { readPlugin } from "../plugin.ts";
import { existingFile } from "../register/register.ts";

/** Has a built plugin examine itself and this machine, and says whether all is well. */
export async function doctor(folder: string, file?: string): Promise<boolean> {
  const program = existingFile(resolve(folder, file ?? outputFile(folder, readPlugin(folder).name)));
  const child = spawn(program, ["doctor"], { stdio: "inherit" });
  const [code] = await once(child, "exit").catch((cause: unknown) => {
    throw new CommandError(`${program} cannot be started: ${reasonOf(cause)}`, { cause });
  });
  return code === 0;
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if ("code" in cause && cause.code === "EACCES") return "it may not be executed; allow it with: chmod 0755 FILE";
  return cause.message;
}
