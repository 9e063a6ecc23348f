import { randomBytes } from "node:crypto";
import { LogicalError, UnsupportedOperation } from "../logical/errors.ts";
import type { Entity, Group, Host, PluginEnvironment, SystemView } from "../logical/system-view.ts";

/** What a host in a test says of itself. Change members at any time. */
export interface SystemSettings {
  defaultLeaseTtl: number;
  maxLeaseTtl: number;
  isTainted: boolean;
  isCachingDisabled: boolean;
  isLocalMount: boolean;
  isMlockEnabled: boolean;
  isPerformanceStandby: boolean;
  isPerformanceSecondary: boolean;
  host: Host;
  pluginEnvironment: PluginEnvironment;
  clusterId: string;
  entities: Map<string, Entity>;
  groupsOfEntities: Map<string, readonly Group[]>;
  /** Makers of passwords, by the name of their policy. */
  passwordPolicies: Map<string, () => string>;
}

/** A host's system view for tests. */
export interface TestSystem extends SystemView {
  readonly settings: SystemSettings;
}

/** Makes a system view with a host's usual settings, changed as given. Calls that only some hosts know are refused. */
export function createTestSystem(changes: Partial<SystemSettings> = {}): TestSystem {
  const settings: SystemSettings = { ...usual(), ...changes };
  const refuse = async () => {
    throw new UnsupportedOperation();
  };
  return {
    settings,
    get host() {
      return settings.host;
    },
    defaultLeaseTtl: async () => settings.defaultLeaseTtl,
    maxLeaseTtl: async () => settings.maxLeaseTtl,
    isTainted: async () => settings.isTainted,
    isCachingDisabled: async () => settings.isCachingDisabled,
    isLocalMount: async () => settings.isLocalMount,
    isMlockEnabled: async () => settings.isMlockEnabled,
    replicationState: async () => replicationState(settings),
    wrapData: async (_data, ttl) => ({ ttl, token: randomBytes(16).toString("hex"), creationTime: new Date() }),
    entity: async (id) => settings.entities.get(id),
    groupsOfEntity: async (id) => settings.groupsOfEntities.get(id) ?? [],
    pluginEnvironment: async () => settings.pluginEnvironment,
    generatePassword: async (policy) => generatePassword(settings, policy),
    clusterInfo: async () => ({ id: settings.clusterId, name: "" }),
    identityToken: refuse,
    rotationInformation: refuse,
    registerRotationJob: refuse,
    deregisterRotationJob: refuse,
  };
}

function usual(): SystemSettings {
  const month = 32 * 24 * 3600;
  return {
    ...{ defaultLeaseTtl: month, maxLeaseTtl: month, clusterId: "" },
    ...{ isTainted: false, isCachingDisabled: false, isLocalMount: false, isMlockEnabled: false },
    ...{ isPerformanceStandby: false, isPerformanceSecondary: false },
    host: { kind: "vault", version: "1.21.4" },
    pluginEnvironment: { version: "1.21.4", versionPrerelease: "", versionMetadata: "" },
    ...{ entities: new Map(), groupsOfEntities: new Map(), passwordPolicies: new Map() },
  };
}

async function generatePassword(settings: SystemSettings, policy: string): Promise<string> {
  const make = settings.passwordPolicies.get(policy);
  if (!make) throw new LogicalError("unknown", "no password policy found");
  return make();
}

function replicationState({ isPerformanceStandby, isPerformanceSecondary }: SystemSettings) {
  const bits = (isPerformanceSecondary ? 1 << 6 : 0) | (isPerformanceStandby ? 1 << 14 : 0);
  return {
    ...{ bits, isPerformanceStandby, isPerformanceSecondary },
    ...{ isPerformancePrimary: false, isDrPrimary: false, isDrSecondary: false },
  };
}
