/** Gives policies as hosts keep them: lower case, trimmed, sorted, each once; `root` makes all others pointless. */
export function sanitizePolicies(
  policies: readonly string[],
  { addDefault = false }: { readonly addDefault?: boolean } = {},
): string[] {
  const names = new Set(policies.map((policy) => policy.trim().toLowerCase()).filter((policy) => policy !== ""));
  if (names.has("root")) return ["root"];
  if (addDefault) names.add("default");
  return [...names].sort();
}

/** Whether two lists name the same policies, in any case, with or without `default`. No list at all means `default` alone. */
export function equivalentPolicies(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || b === undefined) return isDefaultAlone(a) && isDefaultAlone(b);
  const [left, right] = [withoutDefault(a), withoutDefault(b)];
  return left.size === right.size && [...left].every((policy) => right.has(policy));
}

function isDefaultAlone(policies: readonly string[] | undefined): boolean {
  return policies === undefined || (policies.length === 1 && policies[0] === "default");
}

function withoutDefault(policies: readonly string[]): ReadonlySet<string> {
  return new Set(policies.map((policy) => policy.toLowerCase()).filter((policy) => policy !== "default"));
}
