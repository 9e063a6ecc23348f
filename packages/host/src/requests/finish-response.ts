import { InternalError, lifetimeWithin, type Response, UserError } from "@vaultwright/core/launch";
import { leaseTtlsOf } from "../mounts/mount-entry.ts";
import type { HostState } from "../state.ts";
import { randomBase62 } from "../values/random.ts";
import type { HostResponse, RequestContext } from "./context.ts";
import { envelopeOf } from "./envelope.ts";
import { Failure } from "./failure.ts";

/** Makes the client's answer from a mount's: leases its secret, drops what may not pass, and wraps it if asked to. */
export function answerOf(
  state: HostState,
  context: RequestContext,
  response: Response | HostResponse | undefined,
): HostResponse | undefined {
  if (response === undefined) return undefined;
  const { entry } = context.mount;
  const leased = isIssued(response) ? response : leaseSecret(state, context, response);
  // The leases of a token end with it, so nobody could use what its last use fetched.
  if (leased.secret?.leaseId !== undefined && context.caller?.token.numUses === 1)
    throw new UserError(
      "Secret cannot be returned; token had one use left, so leased credentials were immediately revoked.",
    );
  const headers = allowedHeaders(leased.headers, entry.config.allowedResponseHeaders);
  const answer: HostResponse = { ...leased, headers, mountType: entry.type };
  return wrapAnswer(state, context, answer);
}

/** The host's own answers have their leases and tokens already. */
function isIssued(response: Response | HostResponse): response is HostResponse {
  return response.auth === undefined ? response.secret?.leaseId !== undefined : "isOrphan" in response.auth;
}

function leaseSecret(state: HostState, context: RequestContext, response: Response | HostResponse): HostResponse {
  const { auth, secret, ...rest } = response;
  const { caller, mount, request } = context;
  if (auth !== undefined || (secret !== undefined && (mount.entry.table === "auth" || caller === undefined)))
    throw new InternalError("internal error");
  if (secret === undefined) return rest;
  const now = state.clock.now();
  const { ttl, warnings } = lifetimeWithin(leaseTtlsOf(mount.entry), { ttl: secret.ttl, maxTtl: secret.maxTtl, now });
  const seconds = Math.round(ttl);
  const id = `${request.path.replace(/\/$/, "")}/${randomBase62(24)}`;
  // A batch token has no record that could end its leases; the token that made it has.
  const holder = caller?.token.type === "batch" ? caller.token.parent : caller?.token.key;
  state.leases.save({
    id,
    path: request.path,
    issuedAtMs: now.getTime(),
    expiresAtMs: now.getTime() + seconds * 1000,
    isRenewable: secret.renewable ?? false,
    ...(holder !== undefined && { tokenKey: holder }),
    secret: {
      ttl: seconds,
      maxTtl: secret.maxTtl ?? 0,
      ...(secret.internalData !== undefined && { internalData: secret.internalData }),
    },
    ...(rest.data !== undefined && { data: rest.data }),
  });
  const told = { leaseId: id, ttl: seconds, renewable: secret.renewable ?? false };
  return { ...rest, secret: told, warnings: [...(rest.warnings ?? []), ...warnings] };
}

function allowedHeaders(headers: Response["headers"], allowed: readonly string[] = []): Map<string, readonly string[]> {
  const names = new Set(allowed.map((name) => name.toLowerCase()));
  return new Map([...(headers ?? [])].filter(([name]) => names.has(name.toLowerCase())));
}

/** Of what a plugin says of wrapping, only how long and in which form counts. */
function wrapAnswer(state: HostState, { request, mount }: RequestContext, answer: HostResponse): HostResponse {
  const { wrapInfo, rewrapped, ...rest } = answer;
  const wishes = [request.wrapTtl ?? 0, wrapInfo?.ttl ?? 0].filter((ttl) => ttl > 0);
  if (wishes.length === 0) return rest;
  // Hosts cannot wrap the list of an external plugin: its keys have lost their type on the way.
  if (request.operation === "list" && state.mounts.pluginAt(mount.fullPath) !== undefined)
    throw new Failure(404, ["unsupported path"]);
  const wrapped = state.wrapping.wrap(rewrapped?.envelope ?? envelopeOf(rest, request.id, state.product), {
    ttl: Math.min(...wishes),
    creationPath: rewrapped?.creationPath ?? request.path,
    wrappedAccessor: rest.auth?.accessor,
    isSigned: (wrapInfo?.format || request.wrapFormat) === "jwt",
  });
  return { wrapInfo: wrapped };
}
