import { SystemViewDefinition } from "../gen/pb/system-view.ts";
import { LogicalError, UnsupportedOperation } from "../logical/errors.ts";
import type { HostCallOptions } from "../logical/events.ts";
import type { Log } from "../logical/log.ts";
import type { Host, SystemView } from "../logical/system-view.ts";
import { type Client, clientOf } from "../rpc/service.ts";
import { RpcError } from "../rpc/status.ts";
import type { CallOptions, Channel } from "../rpc/transport/transport.ts";
import { dataToWire } from "../wire/data.ts";
import { durationFromWire, durationToWire } from "../wire/duration.ts";
import { entityFromWire, groupFromWire } from "../wire/identity.ts";
import { identityTokenFromWire, identityTokenRequestToWire } from "../wire/identity-token.ts";
import { pluginEnvironmentFromWire } from "../wire/plugin-environment.ts";
import { replicationStateFromWire } from "../wire/replication-state.ts";
import { rotationJobToWire, rotationStatusFromWire } from "../wire/rotation.ts";
import { responseWrapInfoFromWire } from "../wire/wrap-info.ts";
import { type Binding, callHost } from "./host-call.ts";

/** The host's system view of one mount. */
export interface HostSystem {
  readonly client: Client<typeof SystemViewDefinition>;
  readonly host: Host;
  /** Gets what goes wrong where the caller is given a value in spite of it. */
  readonly log: Log;
}

/** Makes the system view behind a mount's channel. */
export function createHostSystem(channel: Channel, known: { readonly host: Host; readonly log: Log }): HostSystem {
  return { client: clientOf(SystemViewDefinition, channel), ...known };
}

/** Makes the host's system view local for one call, whose end ends what is still under way. */
export function remoteSystem({ client, host, log }: HostSystem, binding: Binding): SystemView {
  async function ask<R>(
    options: HostCallOptions | undefined,
    call: (options: CallOptions) => Promise<R & { readonly err?: string }>,
  ): Promise<R> {
    try {
      const reply = await callHost(binding, options, call);
      if (reply.err) throw new LogicalError("unknown", reply.err);
      return reply;
    } catch (error) {
      throw systemError(error);
    }
  }

  /** Asks for a fact of which plugins expect no failure: hosts that cannot be asked count as ones that say nothing of it. */
  async function askFact<T>(otherwise: T, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof LogicalError)) throw error;
      log.warn("system view call failed", { error });
      return otherwise;
    }
  }

  return {
    host,
    defaultLeaseTtl: (options) =>
      askFact(0, async () => durationFromWire((await ask(options, (call) => client.defaultLeaseTTL({}, call))).ttl)),
    maxLeaseTtl: (options) =>
      askFact(0, async () => durationFromWire((await ask(options, (call) => client.maxLeaseTTL({}, call))).ttl)),
    isTainted: (options) =>
      askFact(false, async () => (await ask(options, (call) => client.tainted({}, call))).tainted),
    isCachingDisabled: (options) =>
      askFact(false, async () => (await ask(options, (call) => client.cachingDisabled({}, call))).disabled),
    isLocalMount: (options) =>
      askFact(false, async () => (await ask(options, (call) => client.localMount({}, call))).local),
    isMlockEnabled: (options) =>
      askFact(false, async () => (await ask(options, (call) => client.mlockEnabled({}, call))).enabled),
    replicationState: (options) =>
      askFact(replicationStateFromWire(0), async () =>
        replicationStateFromWire((await ask(options, (call) => client.replicationState({}, call))).state),
      ),
    async wrapData(data, ttl, options) {
      const args = { data: dataToWire(data), ttl: durationToWire(ttl), jwt: false };
      const { wrapInfo } = await ask(options, (call) => client.responseWrapData(args, call));
      if (!wrapInfo) throw new LogicalError("unknown", "the host wrapped data and said nothing of it");
      return responseWrapInfoFromWire(wrapInfo);
    },
    async entity(entityId, options) {
      const { entity } = await ask(options, (call) => client.entityInfo({ entityId }, call));
      return entity && entityFromWire(entity);
    },
    async groupsOfEntity(entityId, options) {
      const { groups } = await ask(options, (call) => client.groupsForEntity({ entityId }, call));
      return groups.map(groupFromWire);
    },
    async pluginEnvironment(options) {
      const { pluginEnvironment } = await ask(options, (call) => client.pluginEnv({}, call));
      return pluginEnvironmentFromWire(
        pluginEnvironment ?? {
          vaultVersion: "",
          vaultVersionPrerelease: "",
          vaultVersionMetadata: "",
          vaultBuildDate: undefined,
        },
      );
    },
    async generatePassword(policyName, options) {
      return (await ask(options, (call) => client.generatePasswordFromPolicy({ policyName }, call))).password;
    },
    async clusterInfo(options) {
      const { clusterId, clusterName } = await ask(options, (call) => client.clusterInfo({}, call));
      return { id: clusterId, name: clusterName };
    },
    async identityToken(request, options) {
      const args = identityTokenRequestToWire(request);
      return identityTokenFromWire(await ask(options, (call) => client.generateIdentityToken(args, call)));
    },
    async rotationInformation(path, options) {
      return rotationStatusFromWire(
        await ask(options, (call) => client.getRotationInformation({ mountPath: path }, call)),
      );
    },
    async registerRotationJob(job, options) {
      const args = { job: rotationJobToWire(job) };
      return (await ask(options, (call) => client.registerRotationJob(args, call))).rotationId;
    },
    async deregisterRotationJob({ mountPoint, path }, options) {
      await ask(options, (call) => client.deregisterRotationJob({ req: { mountPoint, reqPath: path } }, call));
    },
  };
}

/** Hosts answer with their own texts under these states; others come from the transport, whose texts name sockets. */
const ownTexts: ReadonlySet<string> = new Set(["unknown", "internal", "invalid-argument"]);

function systemError(error: unknown): unknown {
  if (!(error instanceof RpcError)) return error;
  if (error.status === "unimplemented") return new UnsupportedOperation({ cause: error });
  const text = ownTexts.has(error.status) ? error.message : `system view call failed: ${error.status}`;
  return new LogicalError("unknown", text, { cause: error });
}
