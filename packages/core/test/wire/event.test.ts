import assert from "node:assert/strict";
import { test } from "node:test";
import { EventData } from "../../src/gen/logical/event.ts";
import { RecordObservationRequest, SendEventRequest } from "../../src/gen/pb/events.ts";
import { eventFromWire, eventToWire, observationFromWire, observationToWire } from "../../src/wire/event.ts";
import { full, throughBytes } from "./full.ts";

const data = JSON.parse(
  '{"text":"a","number":1.5,"zero":0,"yes":true,"no":false,"none":null,"empty":"","list":[1,[2],{"a":null}],"__proto__":{"__proto__":"own"}}',
);

test("an event with every field stays the same", () => {
  const event = full(EventData, { id: "event-1", metadata: data, entityIds: ["a", "b"], note: "note" });
  const message = full(SendEventRequest, { eventType: "kv/write", event });

  const received = eventFromWire(SendEventRequest.encode(message).finish());

  const expected = { id: "event-1", metadata: data, entityIds: ["a", "b"], note: "note" };
  assert.deepEqual(received, { type: "kv/write", event: expected });
  assert.deepEqual(eventToWire(received.type, received.event), message);
});

test("an event of nothing but an id has no other member", () => {
  const bytes = SendEventRequest.encode(eventToWire("t", { id: "1" })).finish();

  assert.deepEqual(eventFromWire(bytes), { type: "t", event: { id: "1" } });
});

test("an observation keeps a key that is named like the prototype", () => {
  const message = full(RecordObservationRequest, { observationType: "kv/read", data });

  const received = observationFromWire(RecordObservationRequest.encode(message).finish());

  assert.deepEqual(received, { type: "kv/read", data });
  assert.equal(JSON.stringify(received.data), JSON.stringify(data));
});

test("an observation is made of plain JSON", () => {
  const time = new Date("2026-01-02T03:04:05Z");

  const message = observationToWire("t", { count: 10n, time, none: undefined });

  assert.deepEqual(throughBytes(RecordObservationRequest, message).data, {
    count: 10,
    time: "2026-01-02T03:04:05.000Z",
  });
});
