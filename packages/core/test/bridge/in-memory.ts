import { createBackendService } from "../../src/bridge/backend-service.ts";
import { createEventsService } from "../../src/bridge/events-service.ts";
import { createStorageService } from "../../src/bridge/storage-service.ts";
import { createSystemService } from "../../src/bridge/system-service.ts";
import { BackendDefinition } from "../../src/gen/pb/backend.ts";
import type { Backend, Factory } from "../../src/logical/backend.ts";
import type { Events } from "../../src/logical/events.ts";
import type { Request } from "../../src/logical/request.ts";
import type { Storage } from "../../src/logical/storage.ts";
import type { SystemView } from "../../src/logical/system-view.ts";
import { type Client, clientOf } from "../../src/rpc/service.ts";
import { RpcError } from "../../src/rpc/status.ts";
import type { CallOptions, Service } from "../../src/rpc/transport/transport.ts";
import { createRecordedLog, type LogLine } from "../../src/testing/recorded-log.ts";
import { createMemoryChannel, type MemoryChannel } from "./memory-channel.ts";

/** A plugin's half of the bridge without a process. */
export interface PluginInMemory {
  readonly client: Client<typeof BackendDefinition>;
  readonly channel: MemoryChannel;
  readonly lines: readonly LogLine[];
  /** Channels to the host that the plugin has dialled, by the number. */
  readonly dialled: ReadonlyMap<number, MemoryChannel>;
}

/** Serves a factory; `offers` says what the host serves under which number. */
export function servePluginInMemory(
  factory: Factory,
  options: {
    readonly offers?: ReadonlyMap<number, readonly Service[]>;
    readonly isMultiplexed?: boolean;
    readonly isMetadataMode?: boolean;
  } = {},
): PluginInMemory {
  const { offers = new Map(), isMultiplexed = true, isMetadataMode = false } = options;
  const lines: LogLine[] = [];
  const dialled = new Map<number, MemoryChannel>();
  const service = createBackendService({
    factory,
    isMultiplexed,
    isMetadataMode,
    host: { kind: "vault", version: "" },
    log: createRecordedLog(lines),
    broker: {
      async dial(id) {
        const services = offers.get(id);
        if (!services) throw new RpcError("unknown", "timeout waiting for connection info");
        const channel = createMemoryChannel(services);
        dialled.set(id, channel);
        return channel;
      },
    },
  });
  const channel = createMemoryChannel([service]);
  return { client: clientOf(BackendDefinition, channel), channel, lines, dialled };
}

/** What a host serves to a mount. */
export function hostServices(
  host: {
    readonly storage?: Storage;
    readonly system?: SystemView;
    readonly events?: Events;
    readonly hasTransactions?: boolean;
    isWritable?(): boolean;
    readonly lines?: LogLine[];
  } = {},
): readonly Service[] {
  const { storage, system, events, hasTransactions = false, isWritable = () => true, lines = [] } = host;
  const log = createRecordedLog(lines);
  return [
    createStorageService({ storage, hasTransactions, isWritable, log }),
    createSystemService({ system, log }),
    createEventsService(events),
  ];
}

/** The options of a call for a mount. */
export function forMount(id: string, signal?: AbortSignal): CallOptions {
  return { metadata: new Map([["multiplex_id", [id]]]), ...(signal && { signal }) };
}

/** A setup message. */
export function setupArgs(brokerId: number, backendUuid = `uuid-${brokerId}`, config: Record<string, string> = {}) {
  return { brokerId, backendUuid, config: new Map(Object.entries(config)) };
}

/** A backend of these members; without `handleRequest` it answers nothing. */
export function backendOf(members: Partial<Backend> = {}): Backend {
  return {
    type: "secret",
    async handleRequest() {
      return undefined;
    },
    async checkExistence() {
      return undefined;
    },
    ...members,
  };
}

/** A request that reads. */
export const readRequest: Request = { id: "request-1", operation: "read", path: "a" };
