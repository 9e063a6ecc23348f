import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../packages/vaultwright/src/command-error.ts";
import { type Plugin, readPlugin } from "../packages/vaultwright/src/plugin.ts";

/** The repository's folder. */
export const root: string = join(import.meta.dirname, "..");

/** Where the compiled plugins of this platform are. */
export const binaryDirectory: string = join(root, "dist", "bin");

export { type Plugin, readPlugin } from "../packages/vaultwright/src/plugin.ts";

/** All plugins of this repository: every folder below `plugins/` that has a manifest. */
export function plugins(folder: string = join(root, "plugins")): readonly Plugin[] {
  const folders = readdirSync(folder).map((name) => join(folder, name));
  const found = folders.filter((each) => existsSync(join(each, "package.json"))).map((each) => readPlugin(each));
  for (const [index, { name, folder: copy }] of found.entries()) {
    const original = found.slice(0, index).find((plugin) => plugin.name === name);
    if (original !== undefined)
      throw new CommandError(
        `${original.folder} and ${copy} have the same name ${name}; change it in one package.json`,
      );
  }
  return found;
}
