import { join } from "node:path";
import { pinnedBun } from "../packages/vaultwright/src/compile/bun.ts";
import { compile as compileProgram } from "../packages/vaultwright/src/compile/compile.ts";
import { binaryDirectory, root } from "./project.ts";
import { sealedRuntime } from "./sealed-runtime.ts";

export { type Bun, pinnedBun } from "../packages/vaultwright/src/compile/bun.ts";

/** Where the binary of a plugin is. */
export function binaryPath(name: string): string {
  return join(binaryDirectory, process.platform === "win32" ? `${name}.exe` : name);
}

/** Compiles a program of this repository and its runtime into one file, with the sources of its packages. */
export async function compile(entry: string, file: string): Promise<void> {
  const { file: bun, version } = pinnedBun();
  const runtime = await sealedRuntime(bun, version);
  await compileProgram(entry, file, { folder: root, runtime, conditions: ["@vaultwright/source"] });
}
