import { join } from "node:path";
import { thisPlatform } from "../packages/vaultwright/src/compile/bun.ts";
import { sealedRuntime as sealedCopy } from "../packages/vaultwright/src/compile/sealed-runtime.ts";
import { root } from "./project.ts";

/** Gives the copy of a Bun executable that programs of this repository are compiled into. */
export function sealedRuntime(file: string, version: string): Promise<string> {
  return sealedCopy({ file, version, platform: thisPlatform() }, join(root, ".cache"));
}
