import { createEventsService } from "../bridge/events-service.ts";
import { createMounted, type Mounted } from "../bridge/mounted.ts";
import { createStorageService } from "../bridge/storage-service.ts";
import { createSystemService } from "../bridge/system-service.ts";
import type { Factory, Mount } from "../logical/backend.ts";
import type { Events } from "../logical/events.ts";
import type { Log } from "../logical/log.ts";
import type { Storage } from "../logical/storage.ts";
import type { SystemView } from "../logical/system-view.ts";
import { createMemoryChannel } from "../rpc/transport/memory-channel.ts";

/** What a host in memory has for a mount. */
export interface HostParts {
  readonly storage: Storage;
  readonly system: SystemView;
  readonly events: Events;
  readonly log: Log;
  /** Writing begins with the mount's initialization. */
  isWritable(): boolean;
}

/**
 * Makes the backend of a mount by the half of the bridge that plugins have, joined to the half that hosts have by a channel
 * in memory: the storage, the system view and the events that the backend gets behave as in a process of its own.
 */
export async function mountInMemory(
  factory: Factory,
  { uuid, options }: Pick<Mount, "uuid" | "options">,
  { storage, system, events, log, isWritable }: HostParts,
): Promise<Mounted> {
  const { host } = system;
  const services = [
    createStorageService({ storage, hasTransactions: host.kind === "openbao", isWritable, log }),
    createSystemService({ system, log }),
    ...(host.kind === "vault" ? [createEventsService(events)] : []),
  ];
  return createMounted(
    // A mount with an id would put it on each line of the log, which tests compare with what they logged.
    { brokerId: 0, config: new Map(options), backendUuid: "" },
    { factory: (mount) => factory({ ...mount, uuid }), channel: createMemoryChannel(services), log, host },
  );
}
