import type { LeaseRegistry } from "../leases/lease-registry.ts";
import type { Store } from "../storage/store.ts";
import type { Token } from "./token.ts";
import { tokenLeaseId } from "./token-lease.ts";
import type { TokenStore } from "./token-store.ts";

/** Ends the lives of tokens, and of all that hangs on them. */
export interface TokenRevocation {
  /** Ends a token, the tokens made with it, and their leases. */
  revokeTree(token: Token): void;
  /** Ends a token and its leases; the tokens made with it live on without a parent. */
  revokeOrphaning(token: Token): void;
}

/** Leases are not waited for: they end in the background, with retries when a plugin fails. */
export function createTokenRevocation(parts: {
  readonly store: Store;
  readonly tokens: TokenStore;
  readonly leases: LeaseRegistry;
  /** Forgets what a token keeps for itself, and what it wraps. */
  forgetKept(key: string): void;
}): TokenRevocation {
  const { store, tokens, leases } = parts;
  const end = (token: Token): void => {
    for (const lease of leases.ofToken(token.key)) leases.expire(lease.id);
    leases.forget(tokenLeaseId(token));
    tokens.delete(token.key);
    parts.forgetKept(token.key);
  };
  const endTree = (token: Token): void => {
    for (const child of tokens.childrenOf(token.key)) endTree(child);
    end(token);
  };
  return {
    revokeTree: (token) => store.atomically(() => endTree(token)),
    revokeOrphaning: (token) =>
      store.atomically(() => {
        for (const { parent: _parent, ...orphan } of tokens.childrenOf(token.key)) tokens.save(orphan);
        end(token);
      }),
  };
}
