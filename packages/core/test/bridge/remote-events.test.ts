import assert from "node:assert/strict";
import { test } from "node:test";
import { createRemoteEvents } from "../../src/bridge/remote-events.ts";
import { EventsDefinition } from "../../src/gen/pb/events.ts";
import { implement } from "../../src/rpc/service.ts";
import { RpcError } from "../../src/rpc/status.ts";
import { createRecordedEvents } from "../../src/testing/recorded-events.ts";
import { createRecordedLog, type LogLine } from "../../src/testing/recorded-log.ts";
import { hostServices } from "./in-memory.ts";
import { createMemoryChannel, type MemoryChannel } from "./memory-channel.ts";

function remote(channel: MemoryChannel) {
  const lines: LogLine[] = [];
  return { lines, events: createRemoteEvents(channel, createRecordedLog(lines))({}) };
}

test("events and observations arrive as they were sent", async () => {
  const received = createRecordedEvents();
  const { events } = remote(createMemoryChannel(hostServices({ events: received })));
  const event = { id: "1", metadata: { path: "a", list: [1, null] }, entityIds: ["e"], note: "n" };

  await events.send("kv/write", event);
  await events.observe("kv/read", { count: 3 });

  assert.deepEqual(received.sent, [{ type: "kv/write", event }]);
  assert.deepEqual(received.observed, [{ type: "kv/read", data: { count: 3 } }]);
});

test("a host that drops them answers success", async () => {
  const { events, lines } = remote(createMemoryChannel(hostServices()));

  await events.send("t", { id: "1" });
  await events.observe("t", {});

  assert.deepEqual(lines, []);
});

test("a host without them is asked once, and it is logged once [W122]", async () => {
  const channel = createMemoryChannel([]);
  const { events, lines } = remote(channel);

  await events.send("t", { id: "1" });
  await events.send("t", { id: "2" });
  await events.observe("t", {});
  await events.observe("t", {});

  assert.equal(channel.calls.length, 2);
  assert.deepEqual(
    lines.map(({ level, message }) => [level, message]),
    [
      ["debug", "the host takes no events"],
      ["debug", "the host takes no observations"],
    ],
  );
});

test("what cannot be sent makes no request fail, and is logged", async () => {
  const failing = implement(EventsDefinition, {
    async sendEvent() {
      throw new RpcError("unavailable", "down");
    },
  });
  const { events, lines } = remote(createMemoryChannel([failing]));
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;

  await events.send("t", { id: "1" });
  await events.send("t", { id: "2", metadata: circular });

  assert.deepEqual(
    lines.map(({ level, message }) => [level, message]),
    [
      ["warn", "events not sent"],
      ["warn", "events not sent"],
    ],
  );
});
