import { type Data, PermissionDenied, UserError } from "@vaultwright/core/launch";
import { withIdentityPolicies } from "../identity/identity-policies.ts";
import type { Caller, HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { issueToken } from "../tokens/issue-token.ts";
import type { Token } from "../tokens/token.ts";
import type { TokenRole } from "../tokens/token-role.ts";
import { matchesGlob } from "../values/glob.ts";
import { booleanField, integerField, secondsField, textField, textMapField } from "./fields.ts";
import type { ApiCall } from "./route.ts";
import { chosenLifetime } from "./token-lifetime.ts";
import { tokenMountEntry } from "./token-mount.ts";
import { chosenPolicies, type TokenMaker } from "./token-policies.ts";

/** Makes a token with the rights of the one that asks, or fewer; `sudo` at the path and roles lift the limits. */
export function createToken(
  call: ApiCall,
  options: { readonly isOrphan: boolean; readonly role?: TokenRole },
): HostResponse {
  const { state, data, context } = call;
  const { role } = options;
  const caller = call.caller();
  checkParent(caller.token);
  const hasSudo = caller.acl.hasSudo({ operation: "update", path: context.request.path });
  const maker = { parent: caller.token, hasSudo, role };
  const type = tokenType(data, role);
  checkBatch(type, data);
  const uses = numUses(data, role);
  const aliased = entityOfAlias(state, data, role);
  const id = tokenId(data, maker);
  const policies = chosenPolicies(data, maker, type);
  const isOrphan = isMadeOrphan(data, maker, options);
  const lifetime = chosenLifetime(state, data, { ...maker, policies, type });
  checkTokenId(state, id, type);

  const metadata = textMapField(data, "meta");
  const isRenewable = (booleanField(data, "renewable") ?? true) && (role?.isRenewable ?? true);
  const auth = issueToken(state, {
    auth: {
      policies,
      ...(metadata && { metadata: new Map(Object.entries(metadata)) }),
      ttl: lifetime.ttl,
      explicitMaxTtl: lifetime.explicitMaxTtl,
      period: lifetime.period,
      renewable: isRenewable && lifetime.ttl > 0,
      numUses: uses,
      entityId: aliased ?? (isOrphan ? "" : caller.token.entityId),
      boundCidrs: lifetime.ttl === 0 ? [] : boundCidrs(caller, { isOrphan, role }),
    },
    asked: lifetime.asked,
    type,
    path: role?.pathSuffix ? `${context.request.path}/${role.pathSuffix}` : context.request.path,
    displayName: displayName(data),
    parent: isOrphan ? undefined : caller.token,
    id: id === "" ? undefined : id,
    ...(role && { role: role.name }),
  });
  return {
    auth: withIdentityPolicies(state, auth),
    warnings: [...lifetime.warnings, ...idWarnings(id), ...unknownPolicies(state, policies)],
  };
}

/** Makes a token within what a role allows. */
export function createTokenOfRole(call: ApiCall): HostResponse {
  const name = call.params["role_name"] ?? "";
  const role = call.state.tokenRoles.get(name);
  if (role === undefined) throw new UserError(`unknown role ${name}`);
  return createToken(call, { isOrphan: role.isOrphan, role });
}

function checkParent(parent: Token): void {
  if (parent.type === "batch") throw new UserError("batch tokens cannot create more tokens");
  // Hosts do not find a token any more whose last use this is.
  if (parent.numUses === 1) throw new UserError("parent token lookup failed: no parent found");
  if (parent.numUses !== 0) throw new UserError("restricted use token cannot generate child tokens");
}

function tokenType(data: Data, role: TokenRole | undefined): Token["type"] {
  if (role?.tokenType === "service" || role?.tokenType === "batch") return role.tokenType;
  const text = textField(data, "type");
  if (text === "") return role?.tokenType === "default-batch" ? "batch" : "service";
  if (text === "batch" || text === "service") return text;
  throw new UserError("invalid 'token_type' value");
}

function checkBatch(type: Token["type"], data: Data): void {
  if (type !== "batch") return;
  const refused = ["explicit_max_ttl", "num_uses", "period"].find((name) => (secondsField(data, name) ?? 0) !== 0);
  if (refused !== undefined) throw new UserError(`batch tokens cannot have ${JSON.stringify(refused)} set`);
}

/** The smaller of what is asked for and what the role says, of which zero is the largest. */
function numUses(data: Data, role: TokenRole | undefined): number {
  const uses = integerField(data, "num_uses");
  if (uses < 0) throw new UserError("number of uses cannot be negative");
  const most = role?.tokenNumUses ?? 0;
  return uses === 0 || most === 0 ? uses || most : Math.min(uses, most);
}

function entityOfAlias(state: HostState, data: Data, role: TokenRole | undefined): string | undefined {
  const name = textField(data, "entity_alias");
  if (name === "") return undefined;
  if (role === undefined) throw new UserError("'entity_alias' is only allowed in combination with token role");
  if (!matchesGlob(role.allowedEntityAliases ?? [], name.toLowerCase()))
    throw new UserError("invalid 'entity_alias' value");
  const { type, accessor } = tokenMountEntry(state);
  const entity = state.entities.ofAlias({ name, mountType: type, mountAccessor: accessor, metadata: new Map() });
  if (entity.disabled) throw new PermissionDenied("entity from given entity alias is disabled");
  return entity.id;
}

function tokenId(data: Data, { hasSudo }: TokenMaker): string {
  const id = textField(data, "id");
  if (id !== "" && !hasSudo) throw new UserError("root or sudo privileges required to specify token id");
  return id;
}

/** Of a batch token nothing is kept, so it cannot have a text of its own, and what is asked for does not matter. */
function checkTokenId(state: HostState, id: string, type: Token["type"]): void {
  if (id === "" || type === "batch") return;
  if (id.startsWith("hvs.")) throw new UserError("custom token ID cannot have the 'hvs.' prefix");
  if (id.startsWith("s.")) throw new UserError("custom token ID cannot have the 's.' prefix");
  if (id.includes(".")) throw new UserError("custom token ID cannot have a '.' in the value");
  if (state.tokens.find(id) !== undefined) throw new UserError("cannot create a token with a duplicate ID");
}

function isMadeOrphan(
  data: Data,
  { hasSudo, role }: TokenMaker,
  { isOrphan }: { readonly isOrphan: boolean },
): boolean {
  // A role decides alone.
  if (role !== undefined) return isOrphan;
  const isAsked = booleanField(data, "no_parent") === true;
  if (isAsked && !hasSudo) throw new UserError("root or sudo privileges required to create orphan token");
  return isOrphan || isAsked;
}

function boundCidrs(
  { token }: Caller,
  { isOrphan, role }: { readonly isOrphan: boolean; readonly role: TokenRole | undefined },
): readonly string[] {
  if (role !== undefined) return role.tokenBoundCidrs;
  return isOrphan ? [] : token.boundCidrs;
}

function displayName(data: Data): string {
  const name = textField(data, "display_name");
  return name === "" ? "token" : `token-${name}`.replace(/[^a-zA-Z0-9-]/g, "-").replace(/-$/, "");
}

function idWarnings(id: string): string[] {
  if (id === "") return [];
  return [
    "Supplying a custom ID for the token uses the weaker SHA1 hashing instead of the more secure SHA2-256 HMAC for " +
      "token obfuscation. SHA1 hashed tokens on the wire leads to less secure lookups.",
  ];
}

function unknownPolicies(state: HostState, policies: readonly string[]): string[] {
  return policies
    .filter((name) => state.policies.read(name) === undefined)
    .map((name) => `Policy ${JSON.stringify(name)} does not exist`);
}
