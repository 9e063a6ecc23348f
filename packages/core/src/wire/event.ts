import { EventData } from "../gen/logical/event.ts";
import { RecordObservationRequest, SendEventRequest } from "../gen/pb/events.ts";
import type { Event } from "../logical/events.ts";
import type { Data } from "../logical/json.ts";
import { present } from "../logical/present.ts";
import { nonEmpty, nonZero } from "./absent.ts";
import { payloads, structFromWire, structToWire } from "./struct.ts";

/** Gives an event as a message. */
export function eventToWire(type: string, event: Event): SendEventRequest {
  return {
    eventType: type,
    event: {
      id: event.id ?? "",
      metadata: event.metadata && structToWire(event.metadata),
      entityIds: event.entityIds ?? [],
      note: event.note ?? "",
    },
  };
}

/** Reads the bytes of an event's message. */
export function eventFromWire(bytes: Uint8Array): { readonly type: string; readonly event: Event } {
  const event = payloads(bytes, 2).at(-1) ?? new Uint8Array();
  const metadata = payloads(event, 2).at(-1);
  const { id, entityIds, note } = EventData.decode(event);
  return {
    type: SendEventRequest.decode(bytes).eventType,
    event: present({
      id,
      metadata: metadata && structFromWire(metadata),
      entityIds: nonEmpty(entityIds),
      note: nonZero(note),
    }),
  };
}

/** Gives an observation as a message. */
export function observationToWire(type: string, data: Data): RecordObservationRequest {
  return { observationType: type, data: structToWire(data) };
}

/** Reads the bytes of an observation's message. */
export function observationFromWire(bytes: Uint8Array): { readonly type: string; readonly data: Data } {
  const data = payloads(bytes, 2).at(-1);
  return {
    type: RecordObservationRequest.decode(bytes).observationType,
    data: data ? structFromWire(data) : {},
  };
}
