import { type Entries, entries } from "@vaultwright/core";
import { type Algorithm, algorithms } from "./one-time-code.ts";

/** A key as the engine works with it. */
export interface Key {
  /** Base32. */
  readonly secret: string;
  readonly issuer: string;
  readonly accountName: string;
  /** How long a code is valid, in seconds. */
  readonly period: number;
  readonly algorithm: Algorithm;
  readonly digits: number;
  readonly skew: number;
  /** Whether it can be handed out again, to authenticator apps. */
  readonly exportable: boolean;
  /** Whether its codes come with their time. */
  readonly showExpiry: boolean;
  /** After how many wrong codes in a row none is checked any longer; zero for no limit. */
  readonly lockoutThreshold: number;
  /** For how many seconds wrong codes count, and lock. */
  readonly lockoutDuration: number;
}

/** A key as it is stored, which is how the plugin in Go stores it, so that one can follow the other. */
export interface StoredKey {
  readonly key: string;
  readonly issuer: string;
  readonly account_name: string;
  readonly period: number;
  readonly algorithm: number;
  readonly digits: number;
  readonly skew: number;
  // What the plugin in Go lacks, and ignores; it is stored only where it is asked for.
  readonly exportable?: boolean;
  readonly show_expiry?: boolean;
  readonly lockout_threshold?: number;
  readonly lockout_duration?: number;
}

/** The keys of a mount by their names. */
export const keys: Entries<StoredKey> = entries<StoredKey>("key/", { sealWrap: true });

/** Makes what is stored of a key. */
export function keyToStored(key: Key): StoredKey {
  const { secret, issuer, accountName, period, algorithm, digits, skew } = key;
  const known = { key: secret, issuer, account_name: accountName, period, digits, skew };
  return { ...known, algorithm: algorithms.indexOf(algorithm), ...additions(key) };
}

/** Reads what is stored of a key. */
export function keyFromStored(stored: StoredKey): Key {
  const { key, issuer, account_name, period, algorithm, digits, skew } = stored;
  const found = algorithms[algorithm];
  if (found === undefined) throw new Error("a stored key has an unknown algorithm");
  return {
    ...{ secret: key, issuer, accountName: account_name, period, algorithm: found, digits, skew },
    exportable: stored.exportable ?? false,
    showExpiry: stored.show_expiry ?? false,
    lockoutThreshold: stored.lockout_threshold ?? 0,
    lockoutDuration: stored.lockout_duration ?? 0,
  };
}

/** Gives the settings that the plugin in Go lacks, as far as a key makes use of them. */
export function additions({ exportable, showExpiry, lockoutThreshold, lockoutDuration }: Key): Partial<StoredKey> {
  return {
    ...(exportable && { exportable }),
    ...(showExpiry && { show_expiry: showExpiry }),
    ...(lockoutThreshold > 0 && { lockout_threshold: lockoutThreshold, lockout_duration: lockoutDuration }),
  };
}
