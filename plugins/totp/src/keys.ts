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
}

/** The keys of a mount by their names. */
export const keys: Entries<StoredKey> = entries<StoredKey>("key/", { sealWrap: true });

/** Makes what is stored of a key. */
export function keyToStored({ secret, accountName, algorithm, ...key }: Key): StoredKey {
  return { ...key, key: secret, account_name: accountName, algorithm: algorithms.indexOf(algorithm) };
}

/** Reads what is stored of a key. */
export function keyFromStored({ key, account_name, algorithm, ...stored }: StoredKey): Key {
  const found = algorithms[algorithm];
  if (found === undefined) throw new Error("a stored key has an unknown algorithm");
  return { ...stored, secret: key, accountName: account_name, algorithm: found };
}
