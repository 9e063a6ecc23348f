import { SystemViewDefinition } from "../gen/pb/system-view.ts";
import { LogicalError, UnsupportedOperation } from "../logical/errors.ts";
import type { HostCallOptions } from "../logical/events.ts";
import type { Log } from "../logical/log.ts";
import type { SystemView } from "../logical/system-view.ts";
import { implement } from "../rpc/service.ts";
import { RpcError } from "../rpc/status.ts";
import type { ServerCall, Service } from "../rpc/transport/transport.ts";
import { dataFromWire } from "../wire/data.ts";
import { durationFromWire, durationToWire } from "../wire/duration.ts";
import { entityToWire, groupToWire } from "../wire/identity.ts";
import { identityTokenRequestFromWire, identityTokenToWire } from "../wire/identity-token.ts";
import { pluginEnvironmentToWire } from "../wire/plugin-environment.ts";
import { replicationStateToWire } from "../wire/replication-state.ts";
import { rotationJobFromWire, rotationStatusToWire } from "../wire/rotation.ts";
import { responseWrapInfoToWire } from "../wire/wrap-info.ts";

/** Serves a system view to a plugin. */
export function createSystemService({ system, log }: { readonly system: SystemView | undefined; log: Log }): Service {
  async function ask<T>(
    call: ServerCall,
    question: (view: SystemView, options: HostCallOptions) => Promise<T>,
    hidden?: string,
  ): Promise<T> {
    if (!system) throw missing();
    try {
      return await question(system, { signal: call.signal });
    } catch (error) {
      throw statusOf(error, hidden, log);
    }
  }

  return implement(SystemViewDefinition, {
    async defaultLeaseTTL(_, call) {
      return { ttl: durationToWire(await ask(call, (view, options) => view.defaultLeaseTtl(options))) };
    },
    async maxLeaseTTL(_, call) {
      return { ttl: durationToWire(await ask(call, (view, options) => view.maxLeaseTtl(options))) };
    },
    async tainted(_, call) {
      return { tainted: await ask(call, (view, options) => view.isTainted(options)) };
    },
    async cachingDisabled(_, call) {
      return { disabled: await ask(call, (view, options) => view.isCachingDisabled(options)) };
    },
    async localMount(_, call) {
      return { local: await ask(call, (view, options) => view.isLocalMount(options)) };
    },
    async mlockEnabled(_, call) {
      return { enabled: await ask(call, (view, options) => view.isMlockEnabled(options)) };
    },
    async replicationState(_, call) {
      const state = await ask(call, (view, options) => view.replicationState(options));
      return { state: replicationStateToWire(state) };
    },
    async responseWrapData({ data, ttl }, call) {
      const wrapped = dataFromWire(data) ?? {};
      const info = await ask(call, (view, options) => view.wrapData(wrapped, durationFromWire(ttl), options));
      return { wrapInfo: responseWrapInfoToWire(info), err: "" };
    },
    async entityInfo({ entityId }, call) {
      const entity = await ask(call, (view, options) => view.entity(entityId, options));
      return { entity: entity && entityToWire(entity), err: "" };
    },
    async groupsForEntity({ entityId }, call) {
      const groups = await ask(call, (view, options) => view.groupsOfEntity(entityId, options));
      return { groups: groups.map(groupToWire), err: "" };
    },
    async pluginEnv(_, call) {
      const environment = await ask(call, (view, options) => view.pluginEnvironment(options));
      return { pluginEnvironment: pluginEnvironmentToWire(environment), err: "" };
    },
    async generatePasswordFromPolicy({ policyName }, call) {
      if (system && policyName === "") throw new RpcError("invalid-argument", "no password policy specified");
      const hidden = "failed to generate password";
      return { password: await ask(call, (view, options) => view.generatePassword(policyName, options), hidden) };
    },
    async clusterInfo(_, call) {
      const hidden = "failed to fetch cluster id";
      const { id, name } = await ask(call, (view, options) => view.clusterInfo(options), hidden);
      return { clusterId: id, clusterName: name, err: "" };
    },
    async generateIdentityToken(request, call) {
      const wish = identityTokenRequestFromWire(request);
      return identityTokenToWire(await ask(call, (view, options) => view.identityToken(wish, options)));
    },
    async getRotationInformation({ mountPath }, call) {
      return rotationStatusToWire(await ask(call, (view, options) => view.rotationInformation(mountPath, options)));
    },
    async registerRotationJob({ job }, call) {
      if (!job) throw new RpcError("invalid-argument", "no rotation job given");
      const wish = rotationJobFromWire(job);
      return { rotationId: await ask(call, (view, options) => view.registerRotationJob(wish, options)), err: "" };
    },
    async deregisterRotationJob({ req }, call) {
      if (!req) throw new RpcError("invalid-argument", "no rotation job given");
      const job = { mountPoint: req.mountPoint, path: req.reqPath };
      await ask(call, (view, options) => view.deregisterRotationJob(job, options));
      return {};
    },
  });
}

function missing(): RpcError {
  return new RpcError(
    "unknown",
    "missing system view implementation: this method should not be called during plugin Setup, but only during and after Initialize",
  );
}

/** Some calls of hosts hide what went wrong behind a text of their own. */
function statusOf(error: unknown, hidden: string | undefined, log: Log): RpcError {
  if (error instanceof UnsupportedOperation) return new RpcError("unimplemented", error.message, { cause: error });
  const isKnown = error instanceof LogicalError;
  if (!isKnown) log.error("system view failed", { error });
  return new RpcError("internal", hidden ?? (isKnown ? error.message : "internal error"), { cause: error });
}
