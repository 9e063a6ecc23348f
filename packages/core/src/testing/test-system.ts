import { randomBytes } from "node:crypto";
import { LogicalError, UnsupportedOperation } from "../logical/errors.ts";
import type { Data } from "../logical/json.ts";
import type {
  Entity,
  Group,
  Host,
  HostKind,
  PluginEnvironment,
  ReplicationState,
  SystemView,
} from "../logical/system-view.ts";

/** What a host in a test says of itself. Change members at any time. */
export interface SystemSettings {
  defaultLeaseTtl: number;
  maxLeaseTtl: number;
  isTainted: boolean;
  isCachingDisabled: boolean;
  isLocalMount: boolean;
  isMlockEnabled: boolean;
  isPerformancePrimary: boolean;
  isPerformanceSecondary: boolean;
  isPerformanceStandby: boolean;
  isDrPrimary: boolean;
  isDrSecondary: boolean;
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
  /** What was wrapped, by the token that it was wrapped in. */
  readonly wrapped: ReadonlyMap<string, Data>;
}

/**
 * Makes a system view with a host's usual settings, changed as given. Calls that only some hosts know are refused, unless
 * `answers` has them; what it has stands in place of any answer, so that a call can fail.
 */
export function createTestSystem(
  changes: Partial<SystemSettings> = {},
  answers: Partial<Omit<SystemView, "host">> = {},
): TestSystem {
  const settings: SystemSettings = { ...usual(changes.host ?? hosts.vault), ...changes };
  const wrapped = new Map<string, Data>();
  const refuse = async () => {
    throw new UnsupportedOperation();
  };
  return {
    settings,
    wrapped,
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
    async wrapData(data, ttl) {
      const token = randomBytes(16).toString("hex");
      wrapped.set(token, data);
      return { ttl, token, creationTime: new Date() };
    },
    entity: async (id) => settings.entities.get(id),
    groupsOfEntity: async (id) => settings.groupsOfEntities.get(id) ?? [],
    pluginEnvironment: async () => settings.pluginEnvironment,
    generatePassword: async (policy) => generatePassword(settings, policy),
    clusterInfo: async () => ({ id: settings.clusterId, name: "" }),
    identityToken: refuse,
    rotationInformation: refuse,
    registerRotationJob: refuse,
    deregisterRotationJob: refuse,
    ...answers,
  };
}

/** The hosts that tests stand in for unless they say otherwise. */
export const hosts: Readonly<Record<HostKind, Host>> = {
  vault: { kind: "vault", version: "1.21.4" },
  openbao: { kind: "openbao", version: "2.5.5" },
};

function usual(host: Host): SystemSettings {
  const month = 32 * 24 * 3600;
  return {
    ...{ defaultLeaseTtl: month, maxLeaseTtl: month, clusterId: "" },
    ...{ isTainted: false, isCachingDisabled: false, isLocalMount: false, isMlockEnabled: false },
    ...{ isPerformancePrimary: false, isPerformanceSecondary: false, isPerformanceStandby: false },
    ...{ isDrPrimary: false, isDrSecondary: false },
    host,
    // Only Vault's Enterprise keeps observations, which tests want to see.
    pluginEnvironment: {
      version: host.version,
      versionPrerelease: "",
      versionMetadata: host.kind === "vault" ? "ent" : "",
    },
    ...{ entities: new Map(), groupsOfEntities: new Map(), passwordPolicies: new Map() },
  };
}

async function generatePassword(settings: SystemSettings, policy: string): Promise<string> {
  if (policy === "") throw new LogicalError("unknown", "missing password policy name");
  const make = settings.passwordPolicies.get(policy);
  if (!make) throw new LogicalError("unknown", "no password policy found");
  return make();
}

function replicationState(settings: SystemSettings): ReplicationState {
  const { isPerformancePrimary, isPerformanceSecondary, isPerformanceStandby, isDrPrimary, isDrSecondary } = settings;
  const words = { isPerformancePrimary, isPerformanceSecondary, isPerformanceStandby, isDrPrimary, isDrSecondary };
  const bits =
    (isPerformancePrimary ? 1 << 5 : 0) |
    (isPerformanceSecondary ? 1 << 6 : 0) |
    (isPerformanceStandby ? 1 << 14 : 0) |
    (isDrPrimary ? 1 << 8 : 0) |
    (isDrSecondary ? 1 << 9 : 0);
  return { bits, ...words };
}
