import type { ParameterRules, PathRule, Permissions } from "./policy.ts";

/** Joins what two policies say of the same path: a denial wins, else they add up, and wrapping times are the smaller. */
export function mergePermissions(a: Permissions, b: PathRule): Permissions {
  if (a.isDenied || b.isDenied) return denied;
  return {
    isDenied: false,
    capabilities: a.capabilities.union(b.capabilities),
    allowedParameters: mergeParameters(a.allowedParameters, b.allowedParameters),
    deniedParameters: mergeParameters(a.deniedParameters, b.deniedParameters),
    requiredParameters: [...new Set([...a.requiredParameters, ...b.requiredParameters])],
    minWrappingTtl: smallerSet(a.minWrappingTtl, b.minWrappingTtl),
    maxWrappingTtl: smallerSet(a.maxWrappingTtl, b.maxWrappingTtl),
  };
}

const denied: Permissions = {
  isDenied: true,
  capabilities: new Set(),
  requiredParameters: [],
  minWrappingTtl: 0,
  maxWrappingTtl: 0,
};

function smallerSet(a: number, b: number): number {
  if (a === 0 || b === 0) return Math.max(a, b);
  return Math.min(a, b);
}

/** An empty list of values means any value, so it swallows what another policy lists. */
function mergeParameters(a: ParameterRules | undefined, b: ParameterRules | undefined): ParameterRules | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const merged = new Map(a);
  for (const [name, values] of b) {
    const others = merged.get(name);
    const isAny = values.length === 0 || others?.length === 0;
    merged.set(name, isAny ? [] : [...values, ...(others ?? [])]);
  }
  return merged;
}
