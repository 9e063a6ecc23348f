import { type SystemView, UnsupportedOperation } from "@vaultwright/core/launch";
import type { EntityStore } from "../identity/entity-store.ts";
import type { PasswordPolicies } from "../policies/password-policies.ts";
import type { Wrapping } from "../requests/wrapping.ts";
import { hostVersion } from "../version.ts";
import { leaseTtlsOf, type MountEntry } from "./mount-entry.ts";

/** Makes what a mount may ask of the host. */
export function createSystemView(parts: {
  entry(): MountEntry;
  readonly entities: EntityStore;
  readonly wrapping: Wrapping;
  readonly passwordPolicies: PasswordPolicies;
  readonly clusterId: string;
}): SystemView {
  const { entry, entities, wrapping, passwordPolicies } = parts;
  // This host has neither replication, rotation nor an identity of its own to sign with.
  const unsupported = async (): Promise<never> => {
    throw new UnsupportedOperation();
  };
  return {
    host: { kind: "vault", version: hostVersion.number },
    defaultLeaseTtl: async () => leaseTtlsOf(entry()).systemDefault,
    maxLeaseTtl: async () => leaseTtlsOf(entry()).systemMax,
    isTainted: async () => entry().isTainted ?? false,
    isCachingDisabled: async () => entry().config.forceNoCache,
    isLocalMount: async () => entry().isLocal,
    isMlockEnabled: async () => false,
    replicationState: async () => ({
      bits: 0,
      isPerformancePrimary: false,
      isPerformanceSecondary: false,
      isPerformanceStandby: false,
      isDrPrimary: false,
      isDrSecondary: false,
    }),
    wrapData: async (data, ttl) => wrapping.wrapData(data, { ttl, creationPath: "sys/wrapping/wrap" }),
    entity: async (id) => entities.get(id),
    groupsOfEntity: async () => [],
    pluginEnvironment: async () => ({
      version: hostVersion.number,
      versionPrerelease: "",
      versionMetadata: hostVersion.metadata,
    }),
    generatePassword: async (policy) => passwordPolicies.generate(policy),
    clusterInfo: async () => ({ id: parts.clusterId, name: "" }),
    identityToken: unsupported,
    rotationInformation: unsupported,
    registerRotationJob: unsupported,
    deregisterRotationJob: unsupported,
  };
}
