import { SystemViewDefinition } from "../gen/pb/system-view.ts";
import { LogicalError, UnsupportedOperation } from "../logical/errors.ts";
import type { HostCallOptions } from "../logical/events.ts";
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
export type HostSystem = Client<typeof SystemViewDefinition>;

/** Makes the system view behind a mount's channel. */
export function createHostSystem(channel: Channel): HostSystem {
  return clientOf(SystemViewDefinition, channel);
}

/** Makes the host's system view local for one call, whose end ends what is still under way. */
export function remoteSystem(client: HostSystem, binding: Binding, host: Host): SystemView {
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

  return {
    host,
    async defaultLeaseTtl(options) {
      return durationFromWire((await ask(options, (call) => client.defaultLeaseTTL({}, call))).ttl);
    },
    async maxLeaseTtl(options) {
      return durationFromWire((await ask(options, (call) => client.maxLeaseTTL({}, call))).ttl);
    },
    async isTainted(options) {
      return (await ask(options, (call) => client.tainted({}, call))).tainted;
    },
    async isCachingDisabled(options) {
      return (await ask(options, (call) => client.cachingDisabled({}, call))).disabled;
    },
    async isLocalMount(options) {
      return (await ask(options, (call) => client.localMount({}, call))).local;
    },
    async isMlockEnabled(options) {
      return (await ask(options, (call) => client.mlockEnabled({}, call))).enabled;
    },
    async replicationState(options) {
      return replicationStateFromWire((await ask(options, (call) => client.replicationState({}, call))).state);
    },
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
    async rotationInformation(mountPath, options) {
      return rotationStatusFromWire(await ask(options, (call) => client.getRotationInformation({ mountPath }, call)));
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
