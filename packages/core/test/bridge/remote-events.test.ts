import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createRemoteEvents, type RemoteEventsOptions } from "../../src/bridge/remote-events.ts";
import { EventsDefinition } from "../../src/gen/pb/events.ts";
import type { HostCallOptions } from "../../src/logical/events.ts";
import { implement } from "../../src/rpc/service.ts";
import { RpcError } from "../../src/rpc/status.ts";
import { createRecordedEvents } from "../../src/testing/recorded-events.ts";
import { createRecordedLog, type LogLine } from "../../src/testing/recorded-log.ts";
import { hostServices } from "./in-memory.ts";
import { createMemoryChannel, type MemoryChannel } from "./memory-channel.ts";

function remote(channel: MemoryChannel, system: RemoteEventsOptions["system"] = enterprise) {
  const lines: LogLine[] = [];
  return { lines, events: createRemoteEvents(channel, { log: createRecordedLog(lines), system }) };
}

/** A Vault whose version ends with the given. */
function vault(versionMetadata: string): RemoteEventsOptions["system"] {
  return { pluginEnvironment: async () => ({ version: "1.21.4", versionPrerelease: "", versionMetadata }) };
}

const enterprise = vault("ent");

/** A host that takes an event when it is let. */
function taking(take: (type: string) => Promise<void>): MemoryChannel {
  return createMemoryChannel([
    implement(EventsDefinition, {
      async sendEvent({ eventType }) {
        await take(eventType);
        return {};
      },
    }),
  ]);
}

function messagesOf(lines: readonly LogLine[]): readonly (readonly [string, string])[] {
  return lines.map(({ level, message }) => [level, message] as const);
}

describe("events and observations", () => {
  test("arrive as they were sent, also where the handler changes them afterwards", async () => {
    const received = createRecordedEvents();
    const { events } = remote(createMemoryChannel(hostServices({ events: received })));
    const metadata: Record<string, unknown> = { path: "a", list: [1, null] };

    events.send("kv/write", { id: "1", metadata, entityIds: ["e"], note: "n" });
    events.observe("kv/read", { count: 3 });
    metadata["path"] = "changed";
    await events.close();

    const event = { id: "1", metadata: { path: "a", list: [1, null] }, entityIds: ["e"], note: "n" };
    assert.deepEqual(received.sent, [{ type: "kv/write", event }]);
    assert.deepEqual(received.observed, [{ type: "kv/read", data: { count: 3 } }]);
  });

  test("have an id of their own where they are given none", async () => {
    const received = createRecordedEvents();
    const { events } = remote(createMemoryChannel(hostServices({ events: received })));

    events.send("t");
    events.send("t");
    events.send("t", { id: "" });
    await events.close();

    const ids = received.sent.map(({ event }) => event.id ?? "");
    assert.equal(new Set(ids).size, 3);
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test("make nobody wait, and begin in their order", async () => {
    const seen: string[] = [];
    let letGo = (): void => {};
    const free = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { events } = remote(
      taking(async (type) => {
        seen.push(type);
        await free;
      }),
    );

    const types = Array.from({ length: 40 }, (_, number) => `t${number}`);
    for (const type of types) events.send(type);
    assert.deepEqual(seen, types.slice(0, seen.length));
    letGo();
    await events.close();

    assert.deepEqual(seen, types);
  });

  test("are waited for by all who close", async () => {
    const free = Promise.withResolvers<void>();
    const { events } = remote(taking(() => free.promise));
    events.send("t");

    const closed = [events.close(), events.close()];
    free.resolve();

    assert.deepEqual(await Promise.all(closed), [undefined, undefined]);
  });

  test("are dropped by a host that answers success without taking them", async () => {
    const { events, lines } = remote(createMemoryChannel(hostServices()));

    events.send("t");
    events.observe("t");
    await events.close();

    assert.deepEqual(lines, []);
  });
});

describe("observations", () => {
  /** Sends two, and gives the paths that were called. */
  async function observeTwice(system: RemoteEventsOptions["system"]) {
    const channel = createMemoryChannel(hostServices());
    const { events, lines } = remote(channel, system);
    for (const _ of [1, 2]) {
      events.observe("t");
      await events.close();
    }
    return { paths: channel.calls.map(({ path }) => path), messages: messagesOf(lines) };
  }
  const path = "/pb.Observations/RecordObservation";

  test("are not sent to a Vault that keeps none", async () => {
    assert.deepEqual(await observeTwice(vault("")), {
      paths: [],
      messages: [["debug", "the host takes no observations"]],
    });
  });

  test("are sent to Enterprise, whichever build of it", async () => {
    assert.deepEqual(await observeTwice(vault("ent.hsm.fips1403")), { paths: [path, path], messages: [] });
  });

  test("are sent to a host that never answers what it is", async (t) => {
    t.mock.timers.enable();
    const pluginEnvironment = (options?: HostCallOptions) =>
      new Promise<never>((_, reject) =>
        options?.signal?.addEventListener("abort", () => reject(options.signal?.reason)),
      );
    const received = createRecordedEvents();
    const { events } = remote(createMemoryChannel(hostServices({ events: received })), { pluginEnvironment });

    events.observe("t");
    t.mock.timers.tick(5000);
    for (let turn = 0; turn < 100; turn += 1) await null;

    assert.equal(received.observed.length, 1);
  });

  test("are sent to a host that does not say what it is", async () => {
    const refusing = { pluginEnvironment: () => Promise.reject(new RpcError("unavailable", "down")) };
    const silent = { pluginEnvironment: async () => ({ version: "", versionPrerelease: "", versionMetadata: "" }) };
    for (const system of [refusing, silent])
      assert.deepEqual(await observeTwice(system), { paths: [path, path], messages: [] });
  });
});

test("a host without events is asked once, and it is logged once [W122]", async () => {
  const channel = createMemoryChannel([]);
  const { events, lines } = remote(channel);

  for (const _ of [1, 2]) {
    events.send("t");
    events.observe("t");
    await events.close();
  }

  assert.equal(channel.calls.length, 2);
  assert.deepEqual(messagesOf(lines), [
    ["debug", "the host takes no events"],
    ["debug", "the host takes no observations"],
  ]);
});

describe("events that are lost", () => {
  test("are logged once for each outage, and counted at its end", async () => {
    let isDown = true;
    const { events, lines } = remote(
      taking(async () => {
        if (isDown) throw new RpcError("unavailable", "down");
      }),
    );

    for (const _ of [1, 2, 3]) events.send("t");
    await events.close();
    isDown = false;
    events.send("t");
    events.send("t");
    await events.close();

    assert.deepEqual(messagesOf(lines), [
      ["warn", "events lost"],
      ["info", "events sent again"],
    ]);
    assert.equal(lines[1]?.fields["lost"], 3);
  });

  test("may be those that no message can hold", async () => {
    const { events, lines } = remote(createMemoryChannel(hostServices()));
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;

    events.send("t", { metadata: circular });
    events.observe("t", { seen: new Map() });

    assert.deepEqual(messagesOf(lines), [
      ["warn", "events lost"],
      ["warn", "observations lost"],
    ]);
  });

  test("are those that a host is too slow for", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { events, lines } = remote(taking(() => new Promise(() => {})));

    for (let number = 0; number < 1100; number += 1) events.send("t");
    const closed = events.close();
    t.mock.timers.tick(5000);
    await closed;

    assert.deepEqual(messagesOf(lines), [["warn", "events lost"]]);
    assert.match(String(lines[0]?.fields["error"]), /the host is behind by 1000 events/);
  });
});
