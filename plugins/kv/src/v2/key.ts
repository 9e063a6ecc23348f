import { UserError } from "@vaultwright/core";

/**
 * Gives the one spelling of a secret's path: slashes that are doubled, or at an end, name nothing. Parts that a file system
 * would take for a folder are refused, because some clients and proxies resolve them and others do not.
 */
export function keyOf(path: string): string {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.some((part) => part === "." || part === "..")) throw new UserError("relative paths not supported");
  return parts.join("/");
}

/** Gives the key of a write, which needs one. */
export function keyToWrite(path: string): string {
  const key = keyOf(path);
  if (key === "") throw new UserError("missing path");
  return key;
}

/** Gives the folder that a list is for: empty for the root, and else with a slash at its end. */
export function folderOf(path: string): string {
  const key = keyOf(path);
  return key === "" ? "" : `${key}/`;
}
