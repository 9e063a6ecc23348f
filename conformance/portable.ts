import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makePortable } from "../scripts/portable/make-portable.ts";
import { binaryDirectory, root } from "../scripts/project.ts";
import type { PluginDirectory } from "./plugins.ts";

/** Makes a directory with the portable files of compiled plugins for this machine, under the same names. */
export async function preparePortableDirectory(names: readonly string[]): Promise<PluginDirectory> {
  const arch = process.arch;
  if (arch !== "x64" && arch !== "arm64") throw new Error(`there are no portable files for ${arch}`);
  const cache = join(root, ".cache", "conformance");
  mkdirSync(cache, { recursive: true });
  const path = mkdtempSync(join(cache, "portable-"));
  for (const name of names) await makePortable({ file: join(binaryDirectory, name), arch, output: join(path, name) });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
