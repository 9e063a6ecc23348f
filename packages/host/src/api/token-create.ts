import { type Data, UserError } from "@vaultwright/core/launch";
import { calculateTtl } from "../leases/calculate-ttl.ts";
import { systemLeaseTtl } from "../mounts/mount-entry.ts";
import { wrappingPolicyName } from "../policies/policy-store.ts";
import type { HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { issueToken } from "../tokens/issue-token.ts";
import { sanitizePolicies } from "../tokens/sanitize-policies.ts";
import { isRootToken, type Token } from "../tokens/token.ts";
import { booleanField, integerField, secondsField, sliceField, textField, textMapField } from "./fields.ts";
import type { ApiCall } from "./route.ts";

/** Makes a token with the rights of the one that asks, or fewer; `sudo` at the path lifts most of the limits. */
export function createToken(call: ApiCall, options: { readonly isOrphan: boolean }): HostResponse {
  const { state, data, context } = call;
  const caller = call.caller();
  checkParent(caller.token);
  const hasSudo = caller.acl.hasSudo({ operation: "update", path: context.request.path });
  const type = tokenType(data);
  checkBatch(type, data);
  const id = tokenId(state, data, hasSudo);
  const policies = chosenPolicies(data, caller.token, hasSudo);
  checkPolicies(policies, caller.token, type);

  const isOrphan = options.isOrphan || booleanField(data, "no_parent") === true;
  if (booleanField(data, "no_parent") && !hasSudo)
    throw new UserError("root or sudo privileges required to create orphan token");
  const lifetime = chosenLifetime(state, data, { policies, hasSudo });
  const metadata = textMapField(data, "meta");
  const auth = issueToken(state, {
    auth: {
      policies,
      ...(metadata && { metadata: new Map(Object.entries(metadata)) }),
      ttl: lifetime.ttl,
      explicitMaxTtl: lifetime.explicitMaxTtl,
      period: lifetime.period,
      renewable: (booleanField(data, "renewable") ?? true) && lifetime.ttl > 0,
      numUses: numUses(data),
      entityId: isOrphan ? "" : caller.token.entityId,
      boundCidrs: isOrphan ? [] : caller.token.boundCidrs,
    },
    type,
    path: context.request.path,
    displayName: displayName(data),
    parent: isOrphan ? undefined : caller.token,
    id,
  });
  return { auth, warnings: [...lifetime.warnings, ...unknownPolicies(state, policies)] };
}

function checkParent(parent: Token): void {
  if (parent.type === "batch") throw new UserError("batch tokens cannot create more tokens");
  if (parent.numUses !== 0) throw new UserError("restricted use token cannot generate child tokens");
}

function tokenType(data: Data): Token["type"] {
  const text = textField(data, "type");
  if (text === "batch") return "batch";
  if (text === "" || text === "service") return "service";
  throw new UserError("invalid 'token_type' value");
}

function checkBatch(type: Token["type"], data: Data): void {
  if (type !== "batch") return;
  const refused = ["explicit_max_ttl", "num_uses", "period"].find((name) => (secondsField(data, name) ?? 0) !== 0);
  if (refused !== undefined) throw new UserError(`batch tokens cannot have ${JSON.stringify(refused)} set`);
}

function tokenId(state: HostState, data: Data, hasSudo: boolean): string | undefined {
  const id = textField(data, "id");
  if (id === "") return undefined;
  if (!hasSudo) throw new UserError("root or sudo privileges required to specify token id");
  if (id.startsWith("hvs.")) throw new UserError("custom token ID cannot have the 'hvs.' prefix");
  if (id.startsWith("s.")) throw new UserError("custom token ID cannot have the 's.' prefix");
  if (id.includes(".")) throw new UserError("custom token ID cannot have a '.' in the value");
  if (state.tokens.find(id) !== undefined) throw new UserError("cannot create a token with a duplicate ID");
  return id;
}

function chosenPolicies(data: Data, parent: Token, hasSudo: boolean): string[] {
  const wanted = sanitizePolicies(sliceField(data, "policies") ?? [], { addDefault: false });
  const withoutDefault = booleanField(data, "no_default_policy") ?? false;
  const strip = (names: string[]): string[] => (withoutDefault ? names.filter((name) => name !== "default") : names);
  if (wanted.length === 0) return strip([...parent.policies]);
  if (hasSudo) return strip(sanitizePolicies(wanted, { addDefault: !withoutDefault }));
  if (!wanted.every((name) => parent.policies.includes(name)))
    throw new UserError("child policies must be subset of parent");
  return strip(sanitizePolicies(wanted, { addDefault: parent.policies.includes("default") }));
}

function checkPolicies(policies: readonly string[], parent: Token, type: Token["type"]): void {
  if (policies.includes(wrappingPolicyName))
    throw new UserError(`cannot assign policy ${JSON.stringify(wrappingPolicyName)}`);
  if (!policies.includes("root")) return;
  if (!isRootToken(parent)) throw new UserError("root tokens may not be created without parent token being root");
  if (type === "batch") throw new UserError("batch tokens cannot be root tokens");
}

interface Lifetime {
  readonly ttl: number;
  readonly explicitMaxTtl: number;
  readonly period: number;
  readonly warnings: readonly string[];
}

function chosenLifetime(
  state: HostState,
  data: Data,
  { policies, hasSudo }: { readonly policies: readonly string[]; readonly hasSudo: boolean },
): Lifetime {
  const explicitMaxTtl = secondsField(data, "explicit_max_ttl") ?? 0;
  const period = secondsField(data, "period") ?? 0;
  const ttl = secondsField(data, "ttl") ?? secondsField(data, "lease") ?? 0;
  if (explicitMaxTtl < 0) throw new UserError("explicit_max_ttl must be positive");
  if (period < 0) throw new UserError("period must be positive");
  if (ttl < 0) throw new UserError("ttl must be positive");
  if (period > 0 && !hasSudo) throw new UserError("root or sudo privileges required to create periodic token");
  // Only a root token may live without an end.
  if (policies.includes("root") && ttl === 0 && period === 0 && explicitMaxTtl === 0)
    return { ttl: 0, explicitMaxTtl, period, warnings: [] };
  const limits = { systemDefault: systemLeaseTtl, systemMax: systemLeaseTtl };
  const lifetime = calculateTtl({ ...limits, ttl, period, explicitMaxTtl, now: state.clock.now() });
  return { ttl: Math.round(lifetime.ttl), explicitMaxTtl, period, warnings: lifetime.warnings };
}

function numUses(data: Data): number {
  const uses = integerField(data, "num_uses");
  if (uses < 0) throw new UserError("number of uses cannot be negative");
  return uses;
}

function displayName(data: Data): string {
  const name = textField(data, "display_name");
  return name === "" ? "token" : `token-${name}`.replace(/[^a-zA-Z0-9-]/g, "-").replace(/-$/, "");
}

function unknownPolicies(state: HostState, policies: readonly string[]): string[] {
  return policies
    .filter((name) => state.policies.read(name) === undefined)
    .map((name) => `Policy ${JSON.stringify(name)} does not exist`);
}
