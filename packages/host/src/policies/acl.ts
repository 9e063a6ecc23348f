import type { Data, Operation } from "@vaultwright/core/launch";
import { areParametersAllowed } from "./parameters.ts";
import { compareSpecificity, matchesPattern, type PathPattern, pathPattern, reachesBelow } from "./path-match.ts";
import { mergePermissions } from "./permissions.ts";
import type { Capability, PathRule, Permissions } from "./policy.ts";

/** What a caller wants to do. The path is whole, mount included. */
export interface Attempt {
  readonly operation: Operation;
  readonly path: string;
  readonly data?: Data | undefined;
  /** Lifetime of the wrapping that the caller asked for. */
  readonly wrapTtl?: number | undefined;
}

/** The policies of one caller, put together. */
export interface Acl {
  readonly isRoot: boolean;
  isAllowed(attempt: Attempt): boolean;
  hasSudo(attempt: Attempt): boolean;
  /** What the caller can do with a path, as hosts list it: `root`, `deny`, or names in the order of the alphabet. */
  capabilitiesOf(path: string): readonly string[];
  /** What the policies together say, by the path as they write it. */
  permissions(): ReadonlyMap<string, Permissions>;
  /** Whether the caller may do anything at all below a mount's path. */
  reaches(mount: string): boolean;
}

const needed: Readonly<Partial<Record<Operation, Capability>>> = {
  read: "read",
  header: "read",
  list: "list",
  scan: "scan",
  update: "update",
  create: "create",
  delete: "delete",
  patch: "patch",
  recover: "recover",
};

const withParameters = new Set<Operation>(["read", "update", "create", "patch"]);

/** The policies of a root token: everything. */
export const rootAcl: Acl = {
  isRoot: true,
  isAllowed: () => true,
  hasSudo: () => true,
  capabilitiesOf: () => ["root"],
  permissions: () => new Map(),
  reaches: () => true,
};

/** Puts the rules of a caller's policies together. */
export function createAcl(rules: readonly PathRule[]): Acl {
  const permissionsByPath = new Map<string, Permissions>();
  for (const rule of rules) {
    const others = permissionsByPath.get(rule.path);
    permissionsByPath.set(rule.path, others === undefined ? rule : mergePermissions(others, rule));
  }
  const patterns = [...permissionsByPath.keys()]
    .map(pathPattern)
    .filter((pattern) => pattern.kind !== "exact")
    .sort(compareSpecificity);

  const exact = (path: string): Permissions | undefined =>
    pathPattern(path).kind === "exact" ? permissionsByPath.get(path) : undefined;
  const byPattern = (path: string): Permissions | undefined => {
    const found = patterns.find((pattern: PathPattern) => matchesPattern(pattern, path));
    return found === undefined ? undefined : permissionsByPath.get(found.path);
  };
  const permissionsOf = (operation: Operation, path: string): Permissions | undefined => {
    if (operation !== "list" && operation !== "scan") return exact(path) ?? byPattern(path);
    // A policy for `a/b` also covers listing `a/b/`, and one for `a/*` listing `a/`.
    const bare = path.replace(/\/$/, "");
    return exact(path) ?? exact(bare) ?? byPattern(bare) ?? byPattern(path);
  };

  return {
    isRoot: false,
    isAllowed({ operation, path, data, wrapTtl }) {
      if (operation === "help") return true;
      const permissions = permissionsOf(operation, path);
      const capability = needed[operation];
      if (permissions === undefined || capability === undefined) return false;
      if (!permissions.capabilities.has(capability) || !isWrappingAllowed(permissions, wrapTtl)) return false;
      return !withParameters.has(operation) || areParametersAllowed(permissions, data);
    },
    hasSudo: ({ operation, path }) => permissionsOf(operation, path)?.capabilities.has("sudo") ?? false,
    capabilitiesOf(path) {
      const found = permissionsOf("list", path)?.capabilities;
      return found === undefined || found.size === 0 ? ["deny"] : [...found].sort();
    },
    permissions: () => permissionsByPath,
    reaches: (mount) =>
      [...permissionsByPath].some(
        ([path, permissions]) => permissions.capabilities.size > 0 && reachesBelow(pathPattern(path), mount),
      ),
  };
}

function isWrappingAllowed({ minWrappingTtl, maxWrappingTtl }: Permissions, wrapTtl = 0): boolean {
  if (maxWrappingTtl > 0 && (wrapTtl === 0 || wrapTtl > maxWrappingTtl)) return false;
  if (minWrappingTtl > 0 && wrapTtl < minWrappingTtl) return false;
  return maxWrappingTtl === 0 || maxWrappingTtl >= minWrappingTtl;
}
