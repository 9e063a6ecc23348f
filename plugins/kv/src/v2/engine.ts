import { createLocks, type Locks } from "@vaultwright/core";
import { createNameKey, type NameKey } from "./name-key.ts";
import { createSecrets, type Secrets } from "./secrets.ts";
import { createSettingsStore, type SettingsStore } from "./settings.ts";

/** What the paths of one mount share. */
export interface Engine {
  /** Below it lies all that version 2 stores; no object of version 1 does. */
  readonly prefix: string;
  /** Whether the host is OpenBao, whose engine differs from Vault's in what it offers. */
  readonly isOpenBao: boolean;
  readonly names: NameKey;
  readonly settings: SettingsStore;
  readonly secrets: Secrets;
  /** By the keys of secrets. */
  readonly locks: Locks;
}

/** Makes what the paths of one mount share. */
export function createEngine({ uuid, isOpenBao }: { readonly uuid: string; readonly isOpenBao: boolean }): Engine {
  const prefix = `${uuid}/`;
  const names = createNameKey(prefix);
  return {
    prefix,
    isOpenBao,
    names,
    settings: createSettingsStore(prefix),
    secrets: createSecrets(prefix, names),
    locks: createLocks(),
  };
}
