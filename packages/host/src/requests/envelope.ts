import type { ResponseWrapInfo } from "@vaultwright/core/launch";
import type { Product } from "../product.ts";
import type { HostResponse, IssuedAuth } from "./context.ts";

/** Puts an answer into the envelope that clients read, its members in the order in which hosts send them. */
export function envelopeOf(response: HostResponse, requestId: string, { kind }: Product): object {
  const { secret, wrapInfo } = response;
  const isWrapped = wrapInfo?.token !== undefined;
  return {
    request_id: isWrapped ? "" : requestId,
    lease_id: secret?.leaseId ?? "",
    renewable: secret?.renewable ?? false,
    lease_duration: Math.trunc(secret?.ttl ?? 0),
    data: isWrapped ? null : (response.data ?? null),
    wrap_info: isWrapped ? wrapMembers(wrapInfo) : null,
    warnings: isWrapped || !response.warnings?.length ? null : response.warnings,
    auth: response.auth === undefined ? null : authMembers(response.auth),
    ...(kind === "vault" && { mount_type: response.mountType ?? "" }),
  };
}

function wrapMembers(wrapInfo: ResponseWrapInfo): object {
  return {
    token: wrapInfo.token,
    accessor: wrapInfo.accessor,
    ttl: Math.trunc(wrapInfo.ttl),
    creation_time: wrapInfo.creationTime?.toISOString(),
    creation_path: wrapInfo.creationPath,
    ...(wrapInfo.wrappedAccessor && { wrapped_accessor: wrapInfo.wrappedAccessor }),
  };
}

function authMembers(auth: IssuedAuth): object {
  return {
    client_token: auth.clientToken ?? "",
    accessor: auth.accessor ?? "",
    policies: auth.policies ?? [],
    ...(auth.tokenPolicies?.length && { token_policies: auth.tokenPolicies }),
    ...(auth.identityPolicies?.length && { identity_policies: auth.identityPolicies }),
    metadata: auth.metadata === undefined ? null : Object.fromEntries(auth.metadata),
    lease_duration: Math.trunc(auth.ttl ?? 0),
    renewable: auth.renewable ?? false,
    entity_id: auth.entityId ?? "",
    token_type: auth.tokenType ?? "service",
    orphan: auth.isOrphan,
    mfa_requirement: null,
    num_uses: auth.numUses ?? 0,
  };
}
