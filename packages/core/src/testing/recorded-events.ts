import type { Event, Events } from "../logical/events.ts";
import type { Data } from "../logical/json.ts";

/** Events that were sent and observations that were made, in their order. */
export interface RecordedEvents extends Events {
  readonly sent: readonly { readonly type: string; readonly event: Event }[];
  readonly observed: readonly { readonly type: string; readonly data: Data }[];
}

/** Makes event and observation sinks that remember everything. */
export function createRecordedEvents(): RecordedEvents {
  const sent: { type: string; event: Event }[] = [];
  const observed: { type: string; data: Data }[] = [];
  return {
    sent,
    observed,
    send(type, event = {}) {
      sent.push({ type, event });
    },
    observe(type, data = {}) {
      observed.push({ type, data });
    },
  };
}
