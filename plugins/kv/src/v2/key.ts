import { UserError } from "@vaultwright/core";

/**
 * Gives the key of a secret's path, which may end in a slash. Any other slash that names nothing is refused, as are parts
 * that a file system would take for a folder: hosts compare a policy with the path as it was sent, so a second spelling of
 * a path would reach a secret past a policy that denies it.
 */
export function keyOf(path: string): string {
  if (path === "") return "";
  const parts = path.replace(/\/$/, "").split("/");
  if (parts.some((part) => part === "." || part === "..")) throw new UserError("relative paths not supported");
  if (parts.includes("")) throw new UserError("paths with doubled slashes not supported");
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
