import { aclOf } from "../identity/identity-policies.ts";
import type { HostState } from "../state.ts";
import { isAddressBound } from "../tokens/bound-cidrs.ts";
import { isSigned } from "../tokens/signed-tokens.ts";
import type { Token } from "../tokens/token.ts";
import { tokenLeaseId } from "../tokens/token-lease.ts";
import type { Caller, HostRequest } from "./context.ts";
import { Failure, listErrors } from "./failure.ts";

/** Finds out who makes a request; throws where the token is none, or may not be used from there. */
export function findCaller(state: HostState, request: HostRequest): Caller {
  if (request.token === undefined) throw new Failure(403, ["permission denied"]);
  // Only what opens a signed token takes one; elsewhere hosts fail at its dots.
  if (isSigned(request.token)) throw new Failure(500, [listErrors("internal error")]);
  const token = findToken(state, request.token);
  if (token === undefined) throw new Failure(403, [listErrors("permission denied", "invalid token")]);
  if (token.ttl !== 0 && !isAddressBound(request.remoteAddress, token.boundCidrs))
    throw new Failure(403, ["permission denied"]);
  const entity = state.entities.get(token.entityId);
  // Hosts refuse those whose entity is disabled or gone in these words.
  if (token.entityId !== "" && (entity === undefined || entity.disabled)) throw new Failure(403, ["permission denied"]);
  const acl = aclOf(state, token);
  return { id: request.token, token, acl, entity };
}

/** Finds a token that still lives. */
export function findToken(state: HostState, id: string): Token | undefined {
  const token = state.tokens.find(id);
  return token !== undefined && isAlive(state, token) ? token : undefined;
}

/** When a token's life ends; nothing for one without an end. */
export function expiryOf(state: HostState, token: Token): Date | undefined {
  if (token.type === "batch") return new Date(token.createdAtMs + token.ttl * 1000);
  const lease = state.leases.get(tokenLeaseId(token));
  return lease && new Date(lease.expiresAtMs);
}

function isAlive(state: HostState, token: Token): boolean {
  const expiry = expiryOf(state, token);
  // A token that ends, and whose lease is gone, has ended.
  if (expiry === undefined) return token.ttl === 0;
  if (expiry <= state.clock.now()) return false;
  if (token.type === "service") return true;
  // Nothing is kept of a batch token, so its parent's end has to be looked at each time.
  const parent = token.parent === undefined ? undefined : state.tokens.byKey(token.parent);
  return token.parent === undefined || (parent !== undefined && isAlive(state, parent));
}

/**
 * Counts one use of a token. Gives what to do after the request: the last use ends the token, but only when the request
 * has been answered.
 */
export function useToken(state: HostState, token: Token): () => void {
  if (token.numUses === 0) return () => {};
  if (token.numUses === 1) {
    // No other request may use it while the last one runs.
    state.tokens.save({ ...token, numUses: -1 });
    return () => state.tokenRevocation.revokeTree(token);
  }
  if (token.numUses < 0) throw new Failure(403, [listErrors("permission denied", "invalid token")]);
  state.tokens.save({ ...token, numUses: token.numUses - 1 });
  return () => {};
}
