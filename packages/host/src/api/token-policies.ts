import { type Data, UserError } from "@vaultwright/core/launch";
import { wrappingPolicyName } from "../policies/policy-store.ts";
import { sanitizePolicies } from "../tokens/sanitize-policies.ts";
import { isRootToken, type Token } from "../tokens/token.ts";
import type { TokenRole } from "../tokens/token-role.ts";
import { matchesGlob } from "../values/glob.ts";
import { booleanField, sliceField } from "./fields.ts";

/** Who makes a token, and under which role, if any. */
export interface TokenMaker {
  readonly parent: Token;
  readonly hasSudo: boolean;
  readonly role?: TokenRole | undefined;
}

/** Decides what policies a new token has; throws where it may not have what is asked for. */
export function chosenPolicies(data: Data, maker: TokenMaker, type: Token["type"]): readonly string[] {
  const withoutDefault = booleanField(data, "no_default_policy") ?? false;
  const wanted = sliceField(data, "policies") ?? [];
  const { role } = maker;
  const chosen = hasPolicies(role)
    ? rolePolicies(wanted, maker.parent, { role, withoutDefault })
    : plainPolicies(wanted, maker, { withoutDefault });
  const policies = withoutDefault ? chosen.filter((name) => name !== "default") : chosen;
  checkPolicies(policies, maker.parent, type);
  return policies;
}

function hasPolicies(role: TokenRole | undefined): role is TokenRole {
  if (role === undefined) return false;
  return [role.allowedPolicies, role.disallowedPolicies, role.allowedPoliciesGlob, role.disallowedPoliciesGlob].some(
    (names) => names.length > 0,
  );
}

function plainPolicies(
  wanted: readonly string[],
  { parent, hasSudo }: TokenMaker,
  { withoutDefault }: { readonly withoutDefault: boolean },
): readonly string[] {
  if (wanted.length === 0) return sanitizePolicies(parent.policies, { addDefault: false });
  if (hasSudo) return sanitizePolicies(wanted, { addDefault: !withoutDefault });
  const names = sanitizePolicies(wanted, { addDefault: false });
  if (!names.every((name) => parent.policies.includes(name)))
    throw new UserError("child policies must be subset of parent");
  return sanitizePolicies(names, { addDefault: !withoutDefault && parent.policies.includes("default") });
}

/** A role that names policies decides alone; what the parent has counts only where the role allows everything. */
function rolePolicies(
  wanted: readonly string[],
  parent: Token,
  { role, withoutDefault }: { readonly role: TokenRole; readonly withoutDefault: boolean },
): readonly string[] {
  const isDisallowed = (name: string): boolean =>
    role.disallowedPolicies.includes(name) || matchesGlob(role.disallowedPoliciesGlob, name);
  const addDefault = !withoutDefault && !role.tokenNoDefaultPolicy && !isDisallowed("default");
  const isOpen = role.allowedPolicies.length === 0 && role.allowedPoliciesGlob.length === 0;
  const allowed = sanitizePolicies(role.allowedPolicies, { addDefault });
  const asked = wanted.length === 0 ? [] : sanitizePolicies(wanted, { addDefault });
  const otherwise = isOpen ? sanitizePolicies(parent.policies, { addDefault }) : allowed;
  const chosen = asked.length === 0 ? otherwise : asked;
  const isAllowed = (name: string): boolean => allowed.includes(name) || matchesGlob(role.allowedPoliciesGlob, name);
  if (!isOpen && asked.length > 0 && !asked.every(isAllowed))
    throw new UserError(
      `token policies (${quotedList(asked)}) must be subset of the role's allowed policies (${quotedList(allowed)}) ` +
        `or glob policies (${quotedList(role.allowedPoliciesGlob)})`,
    );
  const refused = chosen.find(isDisallowed);
  if (refused !== undefined) throw new UserError(`token policy ${JSON.stringify(refused)} is disallowed by this role`);
  return chosen;
}

function quotedList(names: readonly string[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(" ")}]`;
}

function checkPolicies(policies: readonly string[], parent: Token, type: Token["type"]): void {
  if (policies.includes(wrappingPolicyName))
    throw new UserError(`cannot assign policy ${JSON.stringify(wrappingPolicyName)}`);
  if (!policies.includes("root")) return;
  if (!isRootToken(parent)) throw new UserError("root tokens may not be created without parent token being root");
  if (type === "batch") throw new UserError("batch tokens cannot be root tokens");
}
