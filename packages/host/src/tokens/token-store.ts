import type { Product } from "../product.ts";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import { createKeyedHash } from "../values/keyed-hash.ts";
import { randomBase62 } from "../values/random.ts";
import { createBatchSeal } from "./batch-seal.ts";
import type { Token } from "./token.ts";

/** What a new token is made of; the host adds the rest. */
export type TokenDraft = Omit<Token, "key" | "accessor">;

/** A token with its text, which is known only when it is made. */
export interface IssuedToken {
  readonly id: string;
  readonly token: Token;
}

/** The tokens of the server. */
export interface TokenStore {
  create(draft: TokenDraft, id?: string): IssuedToken;
  /** Finds a token by its text; a batch token is its own record. */
  find(id: string): Token | undefined;
  byKey(key: string): Token | undefined;
  byAccessor(accessor: string): Token | undefined;
  childrenOf(key: string): Token[];
  accessors(): string[];
  save(token: Token): void;
  delete(key: string): void;
}

/** Secrets of the host that tokens are hashed and sealed with. */
export interface TokenKeys {
  readonly salt: string;
  readonly batchKey: Uint8Array;
  /** What the tokens' texts begin with. */
  readonly prefixes: Product["tokenPrefixes"];
}

/** Opens the tokens of a store. */
export function openTokenStore(store: Store, keys: TokenKeys): TokenStore {
  const records = openRecords<Token>(store, "tokens");
  const keysByAccessor = new Map(records.values().map((token) => [token.accessor, token.key]));
  const seal = createBatchSeal(keys.batchKey);
  const { service: servicePrefix, batch: batchPrefix } = keys.prefixes;
  const keyOf = createKeyedHash(keys.salt);

  const save = (token: Token): void => {
    records.set(token.key, token);
    keysByAccessor.set(token.accessor, token.key);
  };
  const byKey = (key: string): Token | undefined => records.get(key);
  return {
    create(draft, givenId) {
      if (draft.type === "batch") {
        const id = batchPrefix + seal.close(draft);
        return { id, token: { ...draft, key: keyOf(id), accessor: "" } };
      }
      const id = givenId ?? `${servicePrefix}${randomBase62(24)}`;
      const token = { ...draft, key: keyOf(id), accessor: randomBase62(24) };
      save(token);
      return { id, token };
    },
    find(id) {
      if (!id.startsWith(batchPrefix)) return byKey(keyOf(id));
      const draft = seal.open(id.slice(batchPrefix.length));
      return draft && { ...draft, key: keyOf(id), accessor: "" };
    },
    byKey,
    byAccessor: (accessor) => byKey(keysByAccessor.get(accessor) ?? ""),
    childrenOf: (key) => records.values().filter((token) => token.parent === key),
    accessors: () => [...keysByAccessor.keys()],
    save,
    delete(key) {
      const token = records.get(key);
      if (token !== undefined) keysByAccessor.delete(token.accessor);
      records.delete(key);
    },
  };
}
