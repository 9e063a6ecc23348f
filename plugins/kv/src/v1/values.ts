import { type Data, type Entries, entries, type Storage } from "@vaultwright/core";

/** The objects of a mount, each as JSON under the path that it was written to, as the plugin in Go stores them. */
export const values: Entries<Data> = entries<Data>("", { sealWrap: true });

/** Whether there is an object, which need not be readable: one that is broken can be written again. */
export async function isStored(storage: Storage, path: string): Promise<boolean> {
  // Paths that cannot be stored are left to the write, whose refusal says why.
  if (path === "" || path.split("/").some((part) => part === "." || part === "..")) return false;
  return (await storage.get(path)) !== undefined;
}
