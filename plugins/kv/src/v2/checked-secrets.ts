import type { Request, Storage } from "@vaultwright/core";
import type { Secrets, StoredSecret } from "./secrets.ts";

type Asked = Pick<Request, "id" | "requiresSnapshotId">;

/** Secrets that are read once for the two questions that a host asks about a write: whether there is one, and to write. */
export interface CheckedSecrets extends Secrets {
  /** Answers the host's question whether there is a secret, and keeps what was read for the write. */
  exists(storage: Storage, request: Asked, key: string): Promise<boolean>;
  /** Gives what is stored of a key: what the check of this very request has read, as long as nobody has changed it. */
  getChecked(storage: Storage, request: Asked, key: string): Promise<StoredSecret>;
  /** Forgets what was read of some keys, or of all. Whoever changes a key does so when the change is complete. */
  forget(keys?: readonly string[]): void;
}

/** A read of a check; what it found is there once it has ended. */
interface Check {
  readonly key: string;
  readonly timer: NodeJS.Timeout;
  found?: StoredSecret;
}

/** A write that was allowed comes at once, and one that was not never does; with it a value would stay in memory. */
const keptMs = 1000;
const mostKept = 128;

/** Lets secrets be read once for a check and the write after it. */
export function checkedSecrets(secrets: Secrets): CheckedSecrets {
  /** By the ids of requests, oldest first. A change takes a check away, also while it still reads. */
  const checks = new Map<string, Check>();

  function drop(id: string): StoredSecret | undefined {
    const check = checks.get(id);
    clearTimeout(check?.timer);
    checks.delete(id);
    return check?.found;
  }

  function begin(id: string, key: string): Check {
    drop(id);
    const [oldest] = checks.keys();
    if (oldest !== undefined && checks.size >= mostKept) drop(oldest);
    const check = { key, timer: setTimeout(drop, keptMs, id).unref() };
    checks.set(id, check);
    return check;
  }

  const forget = (keys?: readonly string[]) => {
    for (const [id, { key }] of checks) if (keys?.includes(key) ?? true) drop(id);
  };

  /** A check that begins while something is written may find either, so it is forgotten before and after. */
  async function changing(key: string, change: () => Promise<void>): Promise<void> {
    forget([key]);
    try {
      await change();
    } finally {
      forget([key]);
    }
  }

  return {
    ...secrets,
    forget,
    put: (storage, key, stored) => changing(key, () => secrets.put(storage, key, stored)),
    delete: (storage, key) => changing(key, () => secrets.delete(storage, key)),
    async exists(storage, { id, requiresSnapshotId }, key) {
      // What a snapshot holds says nothing of what is written over.
      if (requiresSnapshotId) return (await secrets.get(storage, key)).secret !== undefined;
      const check = begin(id, key);
      try {
        const found = await secrets.get(storage, key);
        check.found = found;
        return found.secret !== undefined;
      } catch (error) {
        drop(id);
        throw error;
      }
    },
    async getChecked(storage, { id }, key) {
      const isSame = checks.get(id)?.key === key;
      const found = drop(id);
      return (isSame && found) || secrets.get(storage, key);
    },
  };
}
