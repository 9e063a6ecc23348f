import type { SetupArgs } from "../gen/pb/backend.ts";
import type { Backend, Call, Factory } from "../logical/backend.ts";
import type { Log } from "../logical/log.ts";
import type { Host } from "../logical/system-view.ts";
import type { Channel, ServerCall } from "../rpc/transport/transport.ts";
import { type Binding, bindingOf } from "./host-call.ts";
import { createHostStorage } from "./host-storage.ts";
import { createRemoteEvents } from "./remote-events.ts";
import { remoteStorage } from "./remote-storage.ts";
import { createHostSystem, remoteSystem } from "./remote-system.ts";

/** One mount of the host in this process, with everything that is its own. */
export interface Mounted {
  readonly backend: Backend;
  readonly log: Log;
  /** Gives the backend what it may use while it answers a call of the host. */
  callFor(call: ServerCall): Call;
  close(): Promise<void>;
}

/** What the backend of a mount is made with. */
export interface MountedParts {
  readonly factory: Factory;
  readonly channel: Channel;
  readonly log: Log;
  readonly host: Host;
}

/** Makes the backend of a mount; throws what the factory throws, and leaves the channel open then. */
export async function createMounted(
  { config, backendUuid }: SetupArgs,
  { factory, channel, log: processLog, host }: MountedParts,
): Promise<Mounted> {
  const log = backendUuid === "" ? processLog : processLog.with({ mount_uuid: backendUuid });
  const storage = createHostStorage(channel);
  const system = createHostSystem(channel, { host, log });
  const always: Binding = {};
  const events = createRemoteEvents(channel, { log, system: remoteSystem(system, always) });

  const backend = await factory({
    uuid: backendUuid,
    options: config,
    storage: remoteStorage(storage, always),
    system: remoteSystem(system, always),
    events,
    log,
  });
  // Authors without types can return anything, and every later call would fail without saying why.
  if (typeof backend?.handleRequest !== "function") throw new TypeError("the factory of the plugin gave no backend");
  return {
    backend,
    log,
    callFor(call) {
      const binding = bindingOf(call);
      return {
        storage: remoteStorage(storage, binding),
        system: remoteSystem(system, binding),
        events,
        log,
        signal: call.signal,
      };
    },
    async close() {
      await events.close();
      await channel.close();
    },
  };
}
