import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { outputFile } from "../build/build.ts";
import { readPlugin } from "../plugin.ts";
import { existingFile } from "../register/register.ts";

/** Has a built plugin examine itself and this machine, and says whether all is well. */
export async function doctor(folder: string, file?: string): Promise<boolean> {
  const program = existingFile(resolve(folder, file ?? outputFile(folder, readPlugin(folder).name)));
  const child = spawn(program, ["doctor"], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  return code === 0;
}
