import type { Auth } from "@vaultwright/core/launch";
import { storedFromAuth } from "../leases/stored-auth.ts";
import type { IssuedAuth } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import type { Token } from "./token.ts";
import { tokenLeaseId } from "./token-lease.ts";

/** A token that is to be made. */
export interface TokenWish {
  /** With the final lifetime and entity. The token has `tokenPolicies`, or else `policies`; renewals are shown both. */
  readonly auth: Auth;
  readonly type: Token["type"];
  /** Path of the request that makes it. */
  readonly path: string;
  readonly displayName: string;
  readonly parent?: Token | undefined;
  /** A text that the operator chose for it. */
  readonly id?: string | undefined;
  /** Name of the role that it is made with. */
  readonly role?: string;
  /** What its own record has, where a role changed what is in effect. */
  readonly asked?: { readonly explicitMaxTtl: number; readonly period: number };
}

/** Makes a token, with the lease that ends it, and gives it as the client is told of it. */
export function issueToken(state: HostState, wish: TokenWish): IssuedAuth {
  const { auth, type } = wish;
  const now = state.clock.now();
  const ttl = auth.ttl ?? 0;
  const policies = auth.tokenPolicies ?? auth.policies ?? [];
  const renewable = type === "service" && (auth.renewable ?? false);
  return state.store.atomically(() => {
    const { id, token } = state.tokens.create(
      {
        type,
        path: wish.path,
        policies,
        ...(auth.metadata && { metadata: Object.fromEntries(auth.metadata) }),
        ...(wish.parent && { parent: wish.parent.key }),
        ...(wish.role !== undefined && { role: wish.role }),
        displayName: wish.displayName,
        numUses: auth.numUses ?? 0,
        createdAtMs: now.getTime(),
        ttl,
        explicitMaxTtl: wish.asked?.explicitMaxTtl ?? auth.explicitMaxTtl ?? 0,
        period: wish.asked?.period ?? auth.period ?? 0,
        entityId: auth.entityId ?? "",
        boundCidrs: auth.boundCidrs ?? [],
      },
      wish.id,
    );
    const issued: IssuedAuth = {
      ...auth,
      clientToken: id,
      accessor: token.accessor,
      policies,
      tokenPolicies: policies,
      renewable,
      tokenType: type,
      isOrphan: wish.parent === undefined,
    };
    if (type === "service" && ttl > 0)
      state.leases.save({
        id: tokenLeaseId(token),
        path: wish.path,
        issuedAtMs: now.getTime(),
        expiresAtMs: now.getTime() + ttl * 1000,
        isRenewable: renewable,
        tokenKey: token.key,
        auth: storedFromAuth({ ...issued, policies: auth.policies ?? [] }),
      });
    return issued;
  });
}
