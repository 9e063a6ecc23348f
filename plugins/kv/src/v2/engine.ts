import { createLocks, type Locks } from "@vaultwright/core";
import { type CheckedSecrets, checkedSecrets } from "./checked-secrets.ts";
import { createNameKey, type NameKey } from "./name-key.ts";
import { createSecrets } from "./secrets.ts";
import { createSettingsStore, type SettingsStore } from "./settings.ts";

/** What the paths of one mount share. */
export interface Engine {
  /** Below it lies all that version 2 stores; no object of version 1 does. */
  readonly prefix: string;
  /** Whether the host is OpenBao, whose engine differs from Vault's in what it offers. */
  readonly isOpenBao: boolean;
  readonly names: NameKey;
  readonly settings: SettingsStore;
  readonly secrets: CheckedSecrets;
  /** By the keys of secrets. */
  readonly locks: Locks;
}

/** Makes what the paths of one mount share. */
export function createEngine({ uuid, isOpenBao }: { readonly uuid: string; readonly isOpenBao: boolean }): Engine {
  const prefix = `${uuid}/`;
  const names = createNameKey(prefix);
  const secrets = checkedSecrets(createSecrets(prefix, names));
  const locks = createLocks();
  return {
    prefix,
    isOpenBao,
    names,
    settings: createSettingsStore(prefix),
    secrets,
    locks: {
      ...locks,
      exclusive: (keys, work, options) =>
        locks.exclusive(keys, () => forgettingAfter(secrets, [keys].flat(), work), options),
    },
  };
}

/** What a transaction writes is there for others when it ends, so what they have read before that is outdated by then. */
async function forgettingAfter<T>(
  secrets: CheckedSecrets,
  keys: readonly string[],
  work: () => Promise<T> | T,
): Promise<T> {
  try {
    return await work();
  } finally {
    secrets.forget(keys);
  }
}
