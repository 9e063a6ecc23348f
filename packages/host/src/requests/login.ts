import {
  type Alias,
  type Auth,
  InternalError,
  LogicalError,
  lifetimeWithin,
  type Response,
  UserError,
} from "@vaultwright/core/launch";
import { refreshExternalGroups } from "../identity/external-groups.ts";
import { withIdentityPolicies } from "../identity/identity-policies.ts";
import { leaseTtlsOf, type MountEntry } from "../mounts/mount-entry.ts";
import { wrappingPolicyName } from "../policies/policy-store.ts";
import type { HostState } from "../state.ts";
import { issueToken } from "../tokens/issue-token.ts";
import { sanitizePolicies } from "../tokens/sanitize-policies.ts";
import type { HostResponse, RequestContext } from "./context.ts";
import { Failure } from "./failure.ts";

/** Makes a token from what an auth method answered to a login; other answers pass as they are. */
export async function finishLogin(
  state: HostState,
  context: RequestContext,
  response: Response | HostResponse | undefined,
): Promise<Response | HostResponse | undefined> {
  if (response === undefined) return undefined;
  const { auth, ...rest } = response;
  const { entry } = context.mount;
  if (rest.secret !== undefined) throw new InternalError("internal error");
  if (auth === undefined) return response;
  if (entry.table !== "auth") throw new InternalError("internal error");

  const entityId = entityOf(state, entry, auth);
  const groupAliases = groupAliasesOf(state, entry, auth, entityId);
  const tokenPolicies = loginPolicies(auth);
  const type = tokenTypeOf(entry, auth);
  const now = state.clock.now();
  const { ttl, warnings } = lifetimeWithin(leaseTtlsOf(entry), { ...withoutIncrement(auth), now });
  if (Math.round(ttl) === 0) throw new InternalError("internal error");
  const displayName = displayNameOf(entry, auth);
  const policies = sanitizePolicies(auth.policies ?? [], { addDefault: false });
  const known = { ...aliasMembers(entry, auth), groupAliases, displayName, entityId, policies };
  const issued = issueToken(state, {
    auth: { ...auth, ...known, ttl: Math.round(ttl), tokenPolicies },
    type,
    path: context.request.path,
    displayName,
  });
  return { ...rest, auth: withIdentityPolicies(state, issued), warnings: [...(rest.warnings ?? []), ...warnings] };
}

/** Renewals show the auth method its alias together with the mount. */
function aliasMembers({ type, accessor }: MountEntry, { alias }: Auth): Pick<Auth, "alias"> {
  return alias === undefined ? {} : { alias: { ...alias, mountType: type, mountAccessor: accessor } };
}

function withoutIncrement({ ttl, maxTtl, explicitMaxTtl, period }: Auth) {
  return { ttl, maxTtl, explicitMaxTtl, period };
}

function entityOf(state: HostState, entry: MountEntry, { alias }: Auth): string {
  if (alias === undefined) return "";
  if (alias.name === "") throw new LogicalError("unknown", "missing name in alias");
  const entity = state.entities.ofAlias({
    name: alias.name,
    mountType: entry.type,
    mountAccessor: entry.accessor,
    metadata: alias.metadata ?? new Map(),
  });
  if (entity.disabled) throw new Failure(403, ["permission denied"]);
  return entity.id;
}

/** Logins decide alone which external groups of their mount an entity is in. */
function groupAliasesOf(
  { groups, store }: HostState,
  { accessor: mountAccessor }: MountEntry,
  auth: Auth,
  entityId: string,
): readonly Alias[] {
  const groupAliases = (auth.groupAliases ?? []).map((alias) => ({ ...alias, mountAccessor }));
  if (entityId === "") return groupAliases;
  return store.atomically(() => refreshExternalGroups(groups, { entityId, mountAccessor, groupAliases }));
}

function loginPolicies(auth: Auth): readonly string[] {
  const policies = sanitizePolicies(auth.policies ?? [], { addDefault: !auth.noDefaultPolicy });
  if (policies.includes("root")) throw new UserError("auth methods cannot create root tokens");
  if (policies.includes(wrappingPolicyName))
    throw new UserError(`cannot assign policy ${JSON.stringify(wrappingPolicyName)}`);
  return policies;
}

function tokenTypeOf(entry: MountEntry, { tokenType = "default" }: Auth): "service" | "batch" {
  switch (entry.config.tokenType) {
    case "service":
    case "batch":
      return entry.config.tokenType;
    case "default-batch":
      return tokenType === "service" || tokenType === "default-service" ? "service" : "batch";
    default:
      return tokenType === "batch" || tokenType === "default-batch" ? "batch" : "service";
  }
}

function displayNameOf(entry: MountEntry, { displayName = "" }: Auth): string {
  return `${entry.path.replaceAll("/", "-")}${displayName}`.replace(/-$/, "");
}
