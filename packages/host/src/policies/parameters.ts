import { isDeepStrictEqual } from "node:util";
import type { Data } from "@vaultwright/core/launch";
import { matchesGlob } from "../values/glob.ts";
import { type HclValue, isHclObject } from "./hcl.ts";
import type { ParameterRules, Permissions } from "./policy.ts";

/** Says whether the parameters of a request are as the policies want them. */
export function areParametersAllowed(permissions: Permissions, data: Data = {}): boolean {
  const given = Object.entries(data);
  if (permissions.requiredParameters.some((name) => !Object.hasOwn(data, name.toLowerCase()))) return false;
  if (given.length === 0) return true;
  if (permissions.deniedParameters !== undefined && isAnyDenied(permissions.deniedParameters, given)) return false;
  const allowed = permissions.allowedParameters;
  if (allowed === undefined || allowed.size === 0) return true;
  return given.every(([name, value]) => isAllowed(allowed, name.toLowerCase(), value));
}

function isAnyDenied(rules: ParameterRules, given: readonly [string, unknown][]): boolean {
  if (rules.has("*")) return true;
  return given.some(([name, value]) => {
    const values = rules.get(name.toLowerCase());
    if (values === undefined) return false;
    return values.length === 0 || elementsOf(value).some((element) => matchesAny(values, element));
  });
}

function isAllowed(rules: ParameterRules, name: string, value: unknown): boolean {
  const values = rules.get(name);
  if (values === undefined) return rules.has("*");
  return values.length === 0 || elementsOf(value).every((element) => matchesAny(values, element));
}

function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function matchesAny(values: readonly HclValue[], given: unknown): boolean {
  return values.some((value) => {
    if (typeof value === "string" && typeof given === "string") return matchesGlob([value], given);
    return isDeepStrictEqual(plain(value), given);
  });
}

function plain(value: HclValue): unknown {
  if (typeof value !== "object") return value;
  if (isHclObject(value)) return Object.fromEntries(value.items.map((item) => [item.keys[0], plain(item.value)]));
  return value.map(plain);
}
