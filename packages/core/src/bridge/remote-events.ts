import { randomUUID } from "node:crypto";
import { EventsDefinition, ObservationsDefinition } from "../gen/pb/events.ts";
import type { Events } from "../logical/events.ts";
import type { Log } from "../logical/log.ts";
import { clientOf } from "../rpc/service.ts";
import type { Channel } from "../rpc/transport/transport.ts";
import { eventToWire, observationToWire } from "../wire/event.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

/** The host's event sinks of one mount. */
export interface RemoteEvents extends Events {
  /** Waits for what was sent, as long as the host takes it. */
  close(): Promise<void>;
}

/** Makes the host's event sinks local. What is sent never makes a request wait or fail. */
export function createRemoteEvents(channel: Channel, log: Log): RemoteEvents {
  const eventClient = clientOf(EventsDefinition, channel);
  const observationClient = clientOf(ObservationsDefinition, channel);
  const events = createOutbox("events", log);
  const observations = createOutbox("observations", log);
  return {
    send(type, event = {}) {
      const message = messageOf(events, () => eventToWire(type, { ...event, id: event.id || randomUUID() }));
      if (message) events.post((call) => eventClient.sendEvent(message, call));
    },
    observe(type, data = {}) {
      const message = messageOf(observations, () => observationToWire(type, data));
      if (message) observations.post((call) => observationClient.recordObservation(message, call));
    },
    async close() {
      await Promise.all([events.close(), observations.close()]);
    },
  };
}

/** Makes a message at once, so that what the handler changes later is not in it. */
function messageOf<T>(outbox: Outbox, make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    outbox.lose(error);
    return undefined;
  }
}
