import { randomBytes } from "node:crypto";
import { createLocks, entry, type Storage } from "@vaultwright/core";
import { knownFormat, type Stored } from "./format.ts";
import { createNames, type Names } from "./names.ts";

/** The secret of a mount out of which its names are made. It never changes. */
interface StoredNameKey extends Stored {
  /** 32 bytes in base 64. */
  readonly key: string;
}

/** Finds or makes the names of a mount, and remembers them. */
export interface NameKey {
  /** Where the secret is stored. */
  readonly key: string;
  /** Gives the names; nothing as long as nothing was ever written. */
  find(storage: Storage): Promise<Names | undefined>;
  /** Gives the names, and makes them if there are none. Not for use in a transaction, which may not come to pass. */
  make(storage: Storage): Promise<Names>;
  /** Forgets what is remembered. */
  forget(): void;
}

/** Makes the access to the names of a mount. */
export function createNameKey(prefix: string): NameKey {
  const stored = entry<StoredNameKey>(`${prefix}names`, { sealWrap: true, schema: knownFormat() });
  const locks = createLocks();
  let known: Names | undefined;

  async function find(storage: Storage): Promise<Names | undefined> {
    if (known) return known;
    const found = await stored.get(storage);
    if (found) known = namesOf(found);
    return known;
  }

  return {
    key: stored.key,
    find,
    make(storage) {
      if (known) return Promise.resolve(known);
      return locks.exclusive("", async () => {
        const found = await find(storage);
        if (found) return found;
        const made: StoredNameKey = { v: 1, key: randomBytes(32).toString("base64") };
        await stored.put(storage, made);
        known = namesOf(made);
        return known;
      });
    },
    forget() {
      known = undefined;
    },
  };
}

function namesOf({ key }: StoredNameKey): Names {
  return createNames(Buffer.from(key, "base64"));
}
