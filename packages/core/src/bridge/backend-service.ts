import { BackendDefinition, type Empty, type SetupArgs } from "../gen/pb/backend.ts";
import type { Factory } from "../logical/backend.ts";
import type { Log } from "../logical/log.ts";
import type { Broker } from "../rpc/broker.ts";
import { implement } from "../rpc/service.ts";
import { RpcError } from "../rpc/status.ts";
import type { Channel, ServerCall, Service } from "../rpc/transport/transport.ts";
import { backendTypeToWire } from "../wire/backend-type.ts";
import { errorAloneToWire } from "../wire/errors.ts";
import { initializationFromWire } from "../wire/initialization.ts";
import { specialPathsToWire } from "../wire/special-paths.ts";
import { checkExistence, handleRequest } from "./answer.ts";
import { failureOf, stackOf } from "./failure.ts";
import { instanceIdOf, singleId } from "./instance-id.ts";
import { createMounted, type Mounted } from "./mounted.ts";

/** How a process serves mounts. */
export interface BackendServiceOptions {
  readonly factory: Factory;
  readonly broker: Pick<Broker, "dial">;
  readonly log: Log;
  /** Whether calls say which mount they are for; otherwise there is one mount. */
  readonly isMultiplexed: boolean;
  /** Whether the process only describes itself. */
  readonly isMetadataMode: boolean;
}

const empty: Empty = {};

/** Answers the host's calls by calling the backend of the mount that they are for. */
export function createBackendService(options: BackendServiceOptions): Service {
  const { factory, broker, log, isMultiplexed, isMetadataMode } = options;
  const mounts = new Map<string, Mounted>();

  function idOf({ metadata }: ServerCall): string {
    return isMultiplexed ? instanceIdOf(metadata) : singleId;
  }

  function mountedOf(call: ServerCall): Mounted {
    const mounted = mounts.get(idOf(call));
    if (!mounted) throw new RpcError("unknown", "no backend instance found");
    return mounted;
  }

  function activeOf(call: ServerCall): Mounted {
    const mounted = mountedOf(call);
    if (isMetadataMode) {
      throw new RpcError("unknown", "plugin server can not perform action while in metadata mode");
    }
    return mounted;
  }

  async function setUp(id: string, args: SetupArgs, channel: Channel): Promise<void> {
    const mounted = await createMounted(args, { factory, channel, log });
    const replaced = mounts.get(id);
    mounts.set(id, mounted);
    await replaced?.close();
  }

  return implement(BackendDefinition, {
    async setup(args, call) {
      const id = idOf(call);
      // Dialled at once and not at the first use, so that the first request does not wait for a connection.
      const channel = await broker.dial(args.brokerId, { signal: call.signal });
      try {
        await setUp(id, args, channel);
        return { err: "" };
      } catch (error) {
        await channel.close();
        log.error("mount could not be set up", { mount_uuid: args.backendUuid, error, stack: stackOf(error) });
        return { err: setupText(error) };
      }
    },
    async type(_, call) {
      return { type: backendTypeToWire(mountedOf(call).backend.type) };
    },
    async specialPaths(_, call) {
      return { paths: specialPathsToWire(mountedOf(call).backend.specialPaths) };
    },
    async initialize(args, call) {
      const { backend, log, callFor } = activeOf(call);
      try {
        await backend.initialize?.(initializationFromWire(args), callFor(call));
        return { err: undefined };
      } catch (error) {
        return { err: errorAloneToWire(failureOf(error, { what: "initialization", signal: call.signal, log })) };
      }
    },
    async handleRequest({ request }, call) {
      const mounted = activeOf(call);
      if (!request) throw new RpcError("invalid-argument", "call without a request");
      return handleRequest(mounted, request, call);
    },
    async handleExistenceCheck({ request }, call) {
      const mounted = activeOf(call);
      if (!request) throw new RpcError("invalid-argument", "call without a request");
      return checkExistence(mounted, request, call);
    },
    async invalidateKey({ key }, call) {
      const { backend, log, callFor } = activeOf(call);
      try {
        await backend.invalidate?.(key, callFor(call));
      } catch (error) {
        failureOf(error, { what: "invalidation", signal: call.signal, log });
      }
      return empty;
    },
    async cleanup(_, call) {
      const id = idOf(call);
      const mounted = mountedOf(call);
      try {
        await mounted.backend.cleanup?.(mounted.callFor(call));
      } catch (error) {
        failureOf(error, { what: "cleanup", signal: call.signal, log: mounted.log });
      }
      // Another setup under the same id may have come while the backend cleaned up.
      if (mounts.get(id) === mounted) mounts.delete(id);
      await mounted.close();
      return empty;
    },
  });
}

/** An empty text would mean success. */
function setupText(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)) || "backend setup failed";
}
