import type { Storage } from "@vaultwright/core";
import { values } from "./values.ts";

/** Names the folder that a list is for: its slash may be missing, and the root is empty. */
export function folderOf(path: string): string {
  return path === "" || path.endsWith("/") ? path : `${path}/`;
}

/** Lists everything below a folder, relative to it. */
export async function listDeep(storage: Storage, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await values.list(storage, { folder })) {
    if (!name.endsWith("/")) found.push(name);
    else for (const inner of await listDeep(storage, folder + name)) found.push(name + inner);
  }
  return found;
}
