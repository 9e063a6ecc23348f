import { createLocks, entry, type Storage } from "@vaultwright/core";
import { knownFormat, type Stored } from "./format.ts";

/** The settings of a mount, which hold for all of its secrets. */
export interface Settings {
  readonly maxVersions: number;
  readonly casRequired: boolean;
  /** Seconds; 0 for none, negative where no version is deleted by itself. */
  readonly deleteVersionAfter: number;
  readonly metadataCasRequired: boolean;
}

/** All settings of a mount: also those of what the engines in Go do not have, which is off until somebody wants it. */
export interface MountSettings extends Settings {
  /** Whether secrets can be searched. */
  readonly isSearchable: boolean;
  /** Whether answers say which settings apply, beside those that are set. */
  readonly showsEffective: boolean;
}

type StoredSettings = Settings & Partial<MountSettings> & Stored;

/** The settings of a mount in its storage and in memory. */
export interface SettingsStore {
  /** Where they are stored. */
  readonly key: string;
  read(storage: Storage): Promise<MountSettings>;
  change(storage: Storage, changes: Partial<MountSettings>): Promise<void>;
  /** Forgets what is remembered, since another node has changed it. */
  forget(): void;
}

const defaults: MountSettings = {
  maxVersions: 0,
  casRequired: false,
  deleteVersionAfter: 0,
  metadataCasRequired: false,
  isSearchable: false,
  showsEffective: false,
};

/** Makes the access to the settings of a mount. */
export function createSettingsStore(prefix: string): SettingsStore {
  const stored = entry<StoredSettings>(`${prefix}config`, { sealWrap: true, schema: knownFormat() });
  const locks = createLocks();
  let known: MountSettings | undefined;
  // Tells a read that what it found was changed in the meantime.
  let changes = 0;

  const forget = () => {
    known = undefined;
    changes += 1;
  };

  async function read(storage: Storage): Promise<MountSettings> {
    if (known) return known;
    const before = changes;
    const found = { ...defaults, ...(await stored.get(storage)) };
    if (before === changes) known = found;
    return found;
  }

  return {
    key: stored.key,
    forget,
    read,
    change: (storage, changed) =>
      locks.exclusive("", async () => {
        const settings = { ...(await read(storage)), ...changed };
        try {
          await stored.put(storage, { ...settings, v: 1 });
        } finally {
          // A write that failed may have come through all the same.
          forget();
        }
      }),
  };
}
