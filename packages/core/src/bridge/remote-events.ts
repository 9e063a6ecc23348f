import { randomUUID } from "node:crypto";
import { EventsDefinition, ObservationsDefinition } from "../gen/pb/events.ts";
import type { Events, HostCallOptions } from "../logical/events.ts";
import type { Log } from "../logical/log.ts";
import type { SystemView } from "../logical/system-view.ts";
import { clientOf } from "../rpc/service.ts";
import type { Channel } from "../rpc/transport/transport.ts";
import { eventToWire, observationToWire } from "../wire/event.ts";
import { createOutbox } from "./outbox.ts";

/** The host's event sinks of one mount. */
export interface RemoteEvents extends Events {
  /** Waits for what was sent, as long as the host takes it. */
  close(): Promise<void>;
}

/** What a mount's event sinks are made with. */
export interface RemoteEventsOptions {
  readonly log: Log;
  /** Tells what the host is, when the first observation is sent. */
  readonly system: Pick<SystemView, "pluginEnvironment">;
}

/** Makes the host's event sinks local. What is sent never makes a request wait or fail. */
export function createRemoteEvents(channel: Channel, { log, system }: RemoteEventsOptions): RemoteEvents {
  const eventClient = clientOf(EventsDefinition, channel);
  const observationClient = clientOf(ObservationsDefinition, channel);
  const events = createOutbox({ what: "events", log });
  const observations = createOutbox({
    what: "observations",
    log,
    isOfUse: (options) => keepsObservations(system, options),
  });
  return {
    // Messages are made at once, so that what the handler changes later is not in them.
    send(type, event = {}) {
      events.post(() => {
        const message = eventToWire(type, { ...event, id: event.id || randomUUID() });
        return (call) => eventClient.sendEvent(message, call);
      });
    },
    observe(type, data = {}) {
      observations.post(() => {
        const message = observationToWire(type, data);
        return (call) => observationClient.recordObservation(message, call);
      });
    },
    async close() {
      await Promise.all([events.close(), observations.close()]);
    },
  };
}

/**
 * Whether the host keeps what it is sent: Vault without Enterprise answers each observation with success and drops it
 * (`vault/observations/observations_ce.go` of 1.21.4). Only its versions have nothing behind the `+`.
 */
async function keepsObservations(
  { pluginEnvironment }: RemoteEventsOptions["system"],
  options: HostCallOptions,
): Promise<boolean> {
  const { version, versionMetadata } = await pluginEnvironment(options);
  return version === "" || versionMetadata !== "";
}
