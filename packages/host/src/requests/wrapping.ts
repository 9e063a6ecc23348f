import { type Data, type ResponseWrapInfo, stringifyJson } from "@vaultwright/core/launch";
import type { Clock } from "../clock.ts";
import type { LeaseRegistry } from "../leases/lease-registry.ts";
import { wrappingPolicyName } from "../policies/policy-store.ts";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import type { SignedTokens } from "../tokens/signed-tokens.ts";
import type { Token } from "../tokens/token.ts";
import { tokenLeaseId } from "../tokens/token-lease.ts";
import type { TokenStore } from "../tokens/token-store.ts";

/** Answers that are kept for whoever brings the token that they were exchanged for. */
export interface Wrapping {
  /** Keeps an envelope and gives the token for it. */
  wrap(envelope: object, options: WrapOptions): ResponseWrapInfo;
  wrapData(data: Data, options: WrapOptions): ResponseWrapInfo;
  read(token: Token): Wrapped | undefined;
  forget(key: string): void;
}

/** How long an answer is kept, where it came from, whose token it holds, if any, and whether its own token is signed. */
export interface WrapOptions {
  readonly ttl: number;
  readonly creationPath: string;
  readonly wrappedAccessor?: string | undefined;
  readonly isSigned?: boolean;
}

/** A kept answer. */
export interface Wrapped {
  /** JSON text of the envelope. */
  readonly envelope: string;
  readonly creationPath: string;
  readonly creationTtl: number;
  readonly createdAtMs: number;
}

/** Opens the kept answers of a store. */
export function openWrapping(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly tokens: TokenStore;
  readonly leases: LeaseRegistry;
  readonly signedTokens: SignedTokens;
}): Wrapping {
  const { store, clock, tokens, leases, signedTokens } = parts;
  const records = openRecords<Wrapped>(store, "wrapped");
  const wrap = (envelope: object, options: WrapOptions): ResponseWrapInfo => {
    const { ttl, creationPath, wrappedAccessor, isSigned = false } = options;
    const now = clock.now();
    const issued = tokens.create({
      type: "service",
      path: creationPath,
      policies: [wrappingPolicyName],
      displayName: "",
      numUses: 1,
      createdAtMs: now.getTime(),
      ttl,
      explicitMaxTtl: ttl,
      period: 0,
      entityId: "",
      boundCidrs: [],
    });
    records.set(issued.token.key, {
      envelope: stringifyJson(envelope),
      creationPath,
      creationTtl: ttl,
      createdAtMs: now.getTime(),
    });
    leases.save({
      id: tokenLeaseId(issued.token),
      path: creationPath,
      issuedAtMs: now.getTime(),
      expiresAtMs: now.getTime() + ttl * 1000,
      isRenewable: false,
      tokenKey: issued.token.key,
      auth: {},
    });
    const signing = { id: issued.id, accessor: wrappedAccessor, ttl, createdAt: now };
    return {
      token: isSigned ? signedTokens.sign(signing) : issued.id,
      accessor: issued.token.accessor,
      ttl,
      creationTime: now,
      creationPath,
      ...(wrappedAccessor !== undefined && { wrappedAccessor }),
    };
  };
  const wrapAtOnce: Wrapping["wrap"] = (envelope, options) => store.atomically(() => wrap(envelope, options));
  return {
    wrap: wrapAtOnce,
    wrapData: (data, options) => wrapAtOnce({ data }, options),
    read: (token) => records.get(token.key),
    forget: (key) => records.delete(key),
  };
}
