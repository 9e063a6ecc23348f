import type { Data } from "@vaultwright/core/launch";
import type { Permissions } from "../policies/policy.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

/** The path that tells a user interface all that the policies of the token that asks say. */
export const resultantAclRoutes: readonly ApiRoute[] = [
  route("internal/ui/resultant-acl", "Tell what the policies of the token that asks say.", { read: resultantAcl }),
];

function resultantAcl(call: ApiCall) {
  const { acl } = call.caller();
  if (acl.isRoot) return { data: { chroot_namespace: "", root: true } };
  const rules = [...acl.permissions()].map(([path, permissions]) => ({
    path,
    isGlob: path.endsWith("*") || path.split("/").includes("+"),
    info: permissionInfo(permissions),
  }));
  const exact = rules.filter(({ isGlob }) => !isGlob).map(({ path, info }) => [path, info]);
  const glob = rules.filter(({ isGlob }) => isGlob).map(({ path, info }) => [shownGlob(path), info]);
  return {
    data: {
      chroot_namespace: "",
      exact_paths: Object.fromEntries(exact),
      glob_paths: Object.fromEntries(glob),
      root: false,
    },
  };
}

/** Hosts leave the star at the end of a plain prefix out. */
function shownGlob(path: string): string {
  return path.split("/").includes("+") ? path : path.replace(/\*$/, "");
}

function permissionInfo({ capabilities, minWrappingTtl, maxWrappingTtl }: Permissions): Data {
  return {
    capabilities: capabilities.size === 0 ? ["deny"] : [...capabilities].sort(),
    ...(minWrappingTtl > 0 && { min_wrapping_ttl: minWrappingTtl }),
    ...(maxWrappingTtl > 0 && { max_wrapping_ttl: maxWrappingTtl }),
  };
}
