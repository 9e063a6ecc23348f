import { Empty } from "../gen/pb/backend.ts";
import type { Events } from "../logical/events.ts";
import type { MethodHandler, Service } from "../rpc/transport/transport.ts";
import { eventFromWire, observationFromWire } from "../wire/event.ts";

/** Serves event sinks to a plugin; without any, what is sent is dropped. */
export function createEventsService(events: Events | undefined): Service {
  return new Map([
    [
      "/pb.Events/SendEvent",
      accepting((bytes) => {
        const { type, event } = eventFromWire(bytes);
        events?.send(type, event);
      }),
    ],
    [
      "/pb.Observations/RecordObservation",
      accepting((bytes) => {
        const { type, data } = observationFromWire(bytes);
        events?.observe(type, data);
      }),
    ],
  ]);
}

/** The messages are read from their bytes, because the generated reader is not exact for free-form data. */
function accepting(take: (bytes: Uint8Array) => void): MethodHandler {
  return {
    kind: "unary",
    async handle(bytes) {
      take(bytes);
      return Empty.encode({}).finish();
    },
  };
}
