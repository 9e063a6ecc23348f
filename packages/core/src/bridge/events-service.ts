import { Empty } from "../gen/pb/backend.ts";
import type { Events } from "../logical/events.ts";
import type { MethodHandler, Service } from "../rpc/transport/transport.ts";
import { eventFromWire, observationFromWire } from "../wire/event.ts";

/** Serves event sinks to a plugin; without any, what is sent is dropped. */
export function createEventsService(events: Events | undefined): Service {
  return new Map([
    [
      "/pb.Events/SendEvent",
      accepting(async (bytes, signal) => {
        const { type, event } = eventFromWire(bytes);
        await events?.send(type, event, { signal });
      }),
    ],
    [
      "/pb.Observations/RecordObservation",
      accepting(async (bytes, signal) => {
        const { type, data } = observationFromWire(bytes);
        await events?.observe(type, data, { signal });
      }),
    ],
  ]);
}

/** The messages are read from their bytes, because the generated reader is not exact for free-form data. */
function accepting(take: (bytes: Uint8Array, signal: AbortSignal) => Promise<void>): MethodHandler {
  return {
    kind: "unary",
    async handle(bytes, { signal }) {
      await take(bytes, signal);
      return Empty.encode({}).finish();
    },
  };
}
