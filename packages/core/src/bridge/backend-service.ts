import { BackendDefinition, type Empty, type SetupArgs } from "../gen/pb/backend.ts";
import type { Factory } from "../logical/backend.ts";
import { LogicalError } from "../logical/errors.ts";
import { failureOf, stackOf } from "../logical/failure.ts";
import type { Log } from "../logical/log.ts";
import type { Host } from "../logical/system-view.ts";
import type { Broker } from "../rpc/broker.ts";
import { implement } from "../rpc/service.ts";
import { RpcError } from "../rpc/status.ts";
import type { Channel, ServerCall, Service } from "../rpc/transport/transport.ts";
import { backendTypeToWire } from "../wire/backend-type.ts";
import { errorAloneToWire, errorTextToWire } from "../wire/errors.ts";
import { initializationFromWire } from "../wire/initialization.ts";
import { specialPathsToWire } from "../wire/special-paths.ts";
import { checkExistence, handleRequest } from "./answer.ts";
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
  /** Called when the only mount of a process was cleaned up; hosts before protocol version 5 then kill it. */
  readonly onEnd?: () => void;
  /** The product that started this process. */
  readonly host: Host;
}

const empty: Empty = {};

/** Answers the host's calls by calling the backend of the mount that they are for. */
export function createBackendService(options: BackendServiceOptions): Service {
  const { factory, broker, log, isMultiplexed, isMetadataMode, host } = options;
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

  async function setUp(id: string, args: SetupArgs, call: ServerCall, channel: Channel): Promise<void> {
    const mounted = await createMounted(args, { factory, channel, log, host });
    if (call.signal.aborted) {
      // The host takes the setup for failed, so nothing would ever end this mount.
      await cleanUp(mounted, call);
      throw new LogicalError("unknown", "setup cancelled");
    }
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
        await setUp(id, args, call, channel);
        return { err: "" };
      } catch (error) {
        await channel.close();
        return { err: refusalOf(error, log.with({ mount_uuid: args.backendUuid })) };
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
      await unanswered("invalidation", { log, signal: call.signal }, () => backend.invalidate?.(key, callFor(call)));
      return empty;
    },
    async cleanup(_, call) {
      const id = idOf(call);
      const mounted = mountedOf(call);
      await cleanUp(mounted, call);
      // Another setup under the same id may have come while the backend cleaned up.
      if (mounts.get(id) === mounted) mounts.delete(id);
      await mounted.close();
      if (!isMultiplexed) options.onEnd?.();
      return empty;
    },
  });
}

async function cleanUp({ backend, log, callFor }: Mounted, call: ServerCall): Promise<void> {
  await unanswered("cleanup", { log, signal: call.signal }, () => backend.cleanup?.(callFor(call)));
}

/** Does what the host takes no failure from: the log is the only place that can tell of one. */
async function unanswered(
  what: string,
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
  work: () => Promise<void> | undefined,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const error = failureOf(thrown, { what, signal, log });
    // What is hidden as internal has been logged with its stack.
    if (error.kind !== "internal" && !signal.aborted) log.warn(`${what} failed`, { error });
  }
}

/** Gives what the host is told of a mount that could not be made; an empty text would mean success. */
function refusalOf(thrown: unknown, log: Log): string {
  const refusal = LogicalError.find(thrown);
  // The host logs the text itself; a stack is for what nobody expected.
  if (refusal) log.debug("mount refused", { error: refusal });
  else log.error("mount could not be set up", { error: thrown, stack: stackOf(thrown) });
  const { message } = refusal ?? (thrown instanceof Error ? thrown : { message: String(thrown) });
  return errorTextToWire(message) || "backend setup failed";
}
