import { type Data, type Entries, entries, type Storage } from "@vaultwright/core";

/** The objects of a mount, each as JSON under the path that it was written to, as the plugin in Go stores them. */
export const values: Entries<Data> = entries<Data>("", { sealWrap: true });

// Vault's storage refuses two dots anywhere in a key, OpenBao's refuses one or two as a whole part of it.
const isPerhapsRefused = /\.\.|(?:^|\/)\.(?:\/|$)/;

/** Whether there is an object, which need not be readable: one that is broken can be written again. */
export async function isStored(storage: Storage, path: string): Promise<boolean> {
  if (path === "") return false;
  try {
    return (await storage.get(path)) !== undefined;
  } catch (error) {
    // Hosts answer a failure of this check with 500; the write that follows is refused with the reason.
    if (isPerhapsRefused.test(path)) return false;
    throw error;
  }
}
