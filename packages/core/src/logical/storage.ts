import type { HostCallOptions } from "./events.ts";

/** One stored value. */
export interface StorageEntry {
  readonly key: string;
  readonly value: Uint8Array;
  /** Asks Vault Enterprise to seal the value once more. */
  readonly sealWrap?: boolean;
}

/** Bounds of a listing, in the order of the keys' bytes. */
export interface Page {
  /** Names up to and including this one are left out. */
  readonly after?: string;
  /** At most so many names; zero or less means all. */
  readonly limit?: number;
}

/**
 * The storage of one mount. Keys are relative to it.
 *
 * Failures of the host's storage are thrown as `StorageError` with the host's text unchanged, because hosts recognise
 * some of these texts and then forward the whole request to a node that can write.
 */
export interface Storage {
  get(key: string, options?: HostCallOptions): Promise<StorageEntry | undefined>;
  put(entry: StorageEntry, options?: HostCallOptions): Promise<void>;
  /** Deletes a key; one that does not exist is no failure. */
  delete(key: string, options?: HostCallOptions): Promise<void>;
  /** Lists the names directly below a prefix, which is empty or ends in `/`; names of deeper levels end in `/`. */
  list(prefix: string, options?: HostCallOptions & Page): Promise<string[]>;
  /**
   * Runs `work` on storage whose writes happen all or not at all, where the host has transactions (OpenBao). Vault has
   * none: there `work` runs on the plain storage, and what it wrote before it failed stays.
   */
  transaction<T>(work: (storage: Storage) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** Options of a transaction. */
export interface TransactionOptions extends HostCallOptions {
  readonly readOnly?: boolean;
}
