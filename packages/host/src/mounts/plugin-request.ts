import type { HeaderMap, Request } from "@vaultwright/core/launch";
import type { Product } from "../product.ts";
import type { RequestContext } from "../requests/context.ts";
import type { KeyedHash } from "../values/keyed-hash.ts";
import { fullPathOf, type MountEntry } from "./mount-entry.ts";

const noHeaders: HeaderMap = new Map();
const neverPassed = new Set(["x-vault-token", "authorization"]);

/** Makes what a plugin sees of a client's request; of its token, a hash that is the mount's own. */
export function pluginRequest(context: RequestContext, hashToken: KeyedHash): Request {
  const { request, mount, caller } = context;
  const { entry } = mount;
  return {
    id: request.id,
    operation: context.operation,
    path: context.path,
    ...(request.data !== undefined && { data: request.data }),
    headers: passedHeaders(request.headers, entry.config.passthroughRequestHeaders),
    ...(caller === undefined ? { unauthenticated: true } : callerMembers(context, hashToken)),
    ...mountMembers(entry),
    ...wrapMembers(request),
    connection: { remoteAddr: request.remoteAddress, remotePort: request.remotePort },
  };
}

function wrapMembers({ wrapTtl: ttl, wrapFormat: format }: RequestContext["request"]): Pick<Request, "wrapInfo"> {
  return ttl === undefined ? {} : { wrapInfo: { ttl, ...(format && { format }) } };
}

/** Leaves out of a request what the product does not tell its plugins. */
export function asSent(request: Request, { kind }: Product): Request {
  if (kind === "openbao" || request.connection === undefined) return request;
  // Vault loses the port on the way to a plugin in a process of its own.
  const { remotePort: _lost, ...connection } = request.connection;
  return { ...request, connection };
}

/** The part of a request that says where the mount is. */
export function mountMembers(entry: MountEntry): Pick<Request, "mountPoint" | "mountType" | "mountAccessor"> {
  return { mountPoint: fullPathOf(entry), mountType: entry.type, mountAccessor: entry.accessor };
}

function callerMembers({ caller }: RequestContext, hashToken: KeyedHash): Partial<Request> {
  if (caller === undefined) return {};
  return {
    // Plugins get a hash that tells tokens apart and that nobody can use as a token.
    clientToken: hashToken(caller.token.key),
    clientTokenAccessor: caller.token.accessor,
    displayName: caller.token.displayName,
    entityId: caller.token.entityId,
  };
}

/** Chooses the headers of a client that a mount is to see. */
export function passedHeaders(headers: HeaderMap, passed: readonly string[] = []): HeaderMap {
  if (passed.length === 0) return noHeaders;
  const names = new Set(passed.map((name) => name.toLowerCase()).filter((name) => !neverPassed.has(name)));
  return new Map([...headers].filter(([name]) => names.has(name.toLowerCase())));
}
