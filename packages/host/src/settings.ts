import type { HostKind } from "@vaultwright/core/launch";
import type { Product } from "./product.ts";
import { openRecords } from "./storage/records.ts";
import type { Store } from "./storage/store.ts";
import { newUuid, randomBase62, randomHex } from "./values/random.ts";

/** What the server decides once in the life of its data. */
export interface Settings {
  /** The product that the server was first like; data made before there was a choice is Vault's. */
  readonly like?: HostKind;
  readonly clusterId: string;
  readonly rootToken: string;
  /** The root token of before, where another one was given. */
  readonly replacedRootToken?: string;
  readonly unsealKey: string;
  /** What hashes of tokens are made with. */
  readonly salt: string;
  /** Key that batch tokens are sealed with, hexadecimal. */
  readonly batchKey: string;
}

/**
 * Opens the settings of a store; the first time they are made. A given root token replaces the one of before. Throws for
 * data of another product, whose rules for keys and tokens are not the same.
 */
export function openSettings(store: Store, product: Product, rootToken: string | undefined): Settings {
  const records = openRecords<Settings>(store, "settings");
  const known = records.get("server");
  const like = known === undefined ? product.kind : (known.like ?? "vault");
  if (like !== product.kind)
    throw new Error(`the data was made by a server like ${like} and cannot be used by one like ${product.kind}`);
  const settings: Settings = {
    like,
    clusterId: known?.clusterId ?? newUuid(),
    rootToken: rootToken ?? known?.rootToken ?? `${product.tokenPrefixes.service}${randomBase62(24)}`,
    unsealKey: known?.unsealKey ?? randomHex(32),
    salt: known?.salt ?? randomHex(32),
    batchKey: known?.batchKey ?? randomHex(32),
  };
  records.set("server", settings);
  const before = known?.rootToken;
  return before === undefined || before === settings.rootToken ? settings : { ...settings, replacedRootToken: before };
}
