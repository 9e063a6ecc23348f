import type { Alias } from "./auth.ts";
import type { HostCallOptions } from "./events.ts";
import type { Data } from "./json.ts";
import type { ResponseWrapInfo } from "./response.ts";

/**
 * What a mount may ask of its host. All durations are seconds. Calls that the host does not know throw
 * `UnsupportedOperation`; a host that cannot be asked throws `LogicalError`, except for durations, flags and the state of
 * replication, which are then 0, false and unknown, and the log says why.
 */
export interface SystemView {
  /** Which product the host is. It is known from the start, without a call. */
  readonly host: Host;
  defaultLeaseTtl(options?: HostCallOptions): Promise<number>;
  maxLeaseTtl(options?: HostCallOptions): Promise<number>;
  /** Whether the mount is being disabled. */
  isTainted(options?: HostCallOptions): Promise<boolean>;
  isCachingDisabled(options?: HostCallOptions): Promise<boolean>;
  isLocalMount(options?: HostCallOptions): Promise<boolean>;
  isMlockEnabled(options?: HostCallOptions): Promise<boolean>;
  replicationState(options?: HostCallOptions): Promise<ReplicationState>;
  /** Wraps data in a token with the given lifetime. */
  wrapData(data: Data, ttl: number, options?: HostCallOptions): Promise<ResponseWrapInfo>;
  entity(id: string, options?: HostCallOptions): Promise<Entity | undefined>;
  groupsOfEntity(id: string, options?: HostCallOptions): Promise<readonly Group[]>;
  pluginEnvironment(options?: HostCallOptions): Promise<PluginEnvironment>;
  /** Generates a password by a policy of `sys/policies/password`. */
  generatePassword(policy: string, options?: HostCallOptions): Promise<string>;
  clusterInfo(options?: HostCallOptions): Promise<ClusterInfo>;
  /** Vault only: a signed token of the plugin's own identity. */
  identityToken(request: IdentityTokenRequest, options?: HostCallOptions): Promise<IdentityToken>;
  /** Vault only: asks when the credential of a path of this mount, for which a job is registered, is rotated. */
  rotationInformation(path: string, options?: HostCallOptions): Promise<RotationStatus>;
  /** Vault only: registers a job with the host's rotation manager and gives its id. */
  registerRotationJob(job: RotationJob, options?: HostCallOptions): Promise<string>;
  /** Vault only. */
  deregisterRotationJob(
    job: { readonly mountPoint: string; readonly path: string },
    options?: HostCallOptions,
  ): Promise<void>;
}

/** The product that started a plugin. */
export interface Host {
  /** Vault where nothing speaks for OpenBao. */
  readonly kind: HostKind;
  /** As the host gives it, empty where it gives none. */
  readonly version: string;
}

/** The products that plugins are made for. */
export type HostKind = "vault" | "openbao";

/** The part that this node plays in replication. */
export interface ReplicationState {
  /** The host's bit mask as it came. */
  readonly bits: number;
  readonly isPerformancePrimary: boolean;
  readonly isPerformanceSecondary: boolean;
  readonly isPerformanceStandby: boolean;
  readonly isDrPrimary: boolean;
  readonly isDrSecondary: boolean;
}

/** A person or machine in the host's identity store. */
export interface Entity {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly Alias[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly disabled: boolean;
  readonly namespaceId: string;
}

/** A group of entities. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly namespaceId: string;
}

/** The version of the host. */
export interface PluginEnvironment {
  readonly version: string;
  readonly versionPrerelease: string;
  readonly versionMetadata: string;
  /** Newest Vault only. */
  readonly buildDate?: Date;
}

/** The cluster that the host belongs to. The name is filled by no host that was read. */
export interface ClusterInfo {
  readonly id: string;
  readonly name: string;
}

/** A wish for an identity token; `ttl` in seconds. */
export interface IdentityTokenRequest {
  readonly audience: string;
  readonly ttl: number;
}

/** A signed identity token; `ttl` in seconds. */
export interface IdentityToken {
  readonly token: string;
  readonly ttl: number;
}

/** A job for Vault's rotation manager: either a schedule in cron's form with a window, or a period in seconds. */
export interface RotationJob {
  readonly name: string;
  readonly mountPoint: string;
  readonly path: string;
  readonly schedule?: string;
  readonly window?: number;
  readonly period?: number;
  readonly policy?: string;
}

/** When a credential was and will be rotated. */
export interface RotationStatus {
  readonly lastRotation?: Date;
  readonly nextRotation?: Date;
  /** Seconds until the next rotation. */
  readonly ttl: number;
}
