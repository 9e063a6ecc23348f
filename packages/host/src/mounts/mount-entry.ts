import type { LeaseTtls, TokenType } from "@vaultwright/core/launch";

/** Where a mount is listed: with the secrets engines, or with the auth methods. */
export type MountTable = "secret" | "auth";

/** A mount as the host keeps it. */
export interface MountEntry {
  readonly table: MountTable;
  /** With a trailing slash and without the `auth/` of auth methods. */
  readonly path: string;
  /** Name of the plugin in the catalogue, or of what the host itself has there. */
  readonly type: string;
  readonly description: string;
  readonly uuid: string;
  readonly accessor: string;
  readonly isLocal: boolean;
  readonly isSealWrapped: boolean;
  readonly options: Readonly<Record<string, string>> | null;
  readonly config: MountConfig;
  /** Version that the mount was asked to run; empty means unversioned. */
  readonly pluginVersion: string;
  readonly runningVersion: string;
  readonly runningSha256: string;
  /** Set while the mount is being disabled. */
  readonly isTainted?: true;
}

/** What can be tuned of a mount. Durations are seconds; zero means the system's. */
export interface MountConfig {
  readonly defaultLeaseTtl: number;
  readonly maxLeaseTtl: number;
  readonly forceNoCache: boolean;
  readonly trimRequestTrailingSlashes?: boolean;
  readonly passthroughRequestHeaders?: readonly string[];
  readonly allowedResponseHeaders?: readonly string[];
  readonly auditNonHmacRequestKeys?: readonly string[];
  readonly auditNonHmacResponseKeys?: readonly string[];
  readonly listingVisibility?: string;
  /** Auth methods to which the plugin may pass a login on. */
  readonly delegatedAuthAccessors?: readonly string[];
  readonly allowedManagedKeys?: readonly string[];
  /** Name of the key that would sign the plugin's identity. */
  readonly identityTokenKey?: string;
  /** Auth methods only. */
  readonly tokenType?: TokenType;
}

/** Lifetime of leases where neither plugin nor mount says another, and the longest one. */
export const systemLeaseTtl = 768 * 3600;

/** The whole path of a mount. */
export function fullPathOf(entry: Pick<MountEntry, "table" | "path">): string {
  return entry.table === "auth" ? `auth/${entry.path}` : entry.path;
}

/** The lease lifetimes in effect at a mount. The default may be longer than the longest; what it gives is then capped. */
export function leaseTtlsOf({ config }: MountEntry): LeaseTtls {
  return {
    defaultLeaseTtl: config.defaultLeaseTtl || systemLeaseTtl,
    maxLeaseTtl: config.maxLeaseTtl || systemLeaseTtl,
  };
}
