import { type SystemView, UnsupportedOperation } from "@vaultwright/core/launch";
import type { EntityStore } from "../identity/entity-store.ts";
import { groupFromRecord } from "../identity/group-record.ts";
import type { GroupStore } from "../identity/group-store.ts";
import type { PasswordPolicies } from "../policies/password-policies.ts";
import type { Product } from "../product.ts";
import type { Wrapping } from "../requests/wrapping.ts";
import { type NodeRole, replicationStateOf } from "../standby.ts";
import { leaseTtlsOf, type MountEntry } from "./mount-entry.ts";

/** Makes what a mount may ask of the host. */
export function createSystemView(parts: {
  readonly product: Product;
  role(): NodeRole;
  entry(): MountEntry;
  readonly entities: EntityStore;
  readonly groups: GroupStore;
  readonly wrapping: Wrapping;
  readonly passwordPolicies: PasswordPolicies;
  readonly clusterId: string;
}): SystemView {
  const { product, entry, entities, groups, wrapping, passwordPolicies } = parts;
  // This host has neither replication, rotation nor an identity of its own to sign with.
  const unsupported = async (): Promise<never> => {
    throw new UnsupportedOperation();
  };
  return {
    host: { kind: product.kind, version: product.version },
    defaultLeaseTtl: async () => leaseTtlsOf(entry()).defaultLeaseTtl,
    maxLeaseTtl: async () => leaseTtlsOf(entry()).maxLeaseTtl,
    isTainted: async () => entry().isTainted ?? false,
    isCachingDisabled: async () => entry().config.forceNoCache,
    isLocalMount: async () => entry().isLocal,
    isMlockEnabled: async () => false,
    replicationState: async () => replicationStateOf(parts.role()),
    wrapData: async (data, ttl) => wrapping.wrapData(data, { ttl, creationPath: "sys/wrapping/wrap" }),
    entity: async (id) => entities.get(id),
    groupsOfEntity: async (id) => groups.ofEntity(id).all.map(groupFromRecord),
    pluginEnvironment: async () => ({
      version: product.version,
      versionPrerelease: "",
      versionMetadata: product.versionMetadata,
    }),
    generatePassword: async (policy) => passwordPolicies.generate(policy),
    clusterInfo: async () => ({ id: parts.clusterId, name: "" }),
    identityToken: unsupported,
    rotationInformation: unsupported,
    registerRotationJob: unsupported,
    deregisterRotationJob: unsupported,
  };
}
