import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ConnInfo, GRPCBrokerDefinition } from "../../src/gen/plugin/broker.ts";
import { createBroker } from "../../src/rpc/broker.ts";
import type { Clock } from "../../src/rpc/clock.ts";
import { createQueue } from "../../src/rpc/queue.ts";
import type { Address, Channel, Transport } from "../../src/rpc/transport/transport.ts";

/** A clock that moves when it is told to. */
function manualClock(): Clock & { advance(ms: number): void } {
  let now = 0;
  const due = new Set<{ readonly at: number; run(): void }>();
  return {
    after(delayMs, run) {
      const entry = { at: now + delayMs, run };
      due.add(entry);
      return () => due.delete(entry);
    },
    advance(ms) {
      now += ms;
      for (const entry of [...due].filter(({ at }) => at <= now)) {
        due.delete(entry);
        entry.run();
      }
    },
  };
}

/** Opens the host's stream on a broker whose channels only say where they lead. */
function openBroker() {
  const clock = manualClock();
  const dialled: Address[] = [];
  const channel: Channel = {
    unary: async () => assert.fail("no calls"),
    stream: () => assert.fail("no calls"),
    connect: async () => {},
    close: async () => {},
  };
  const transport: Transport = {
    listen: () => assert.fail("no listener"),
    dial({ address }) {
      dialled.push(address);
      return channel;
    },
  };
  let lost = 0;
  const onLost = () => {
    lost += 1;
  };
  const broker = createBroker({ transport, tls: undefined, clock, onLost });
  const stream = broker.service.get("/plugin.GRPCBroker/StartStream");
  assert.ok(stream?.kind === "stream");
  const requests = createQueue<Uint8Array>();
  const call = { metadata: new Map(), signal: new AbortController().signal };
  const ended = stream.handle(requests, call)[Symbol.asyncIterator]().next();
  const { requestType } = GRPCBrokerDefinition.methods.startStream;
  return {
    broker,
    clock,
    dialled,
    ended,
    requests,
    lost: () => lost,
    async announce(serviceId: number, address: string, network = "unix") {
      const info: ConnInfo = { serviceId, network, address, knock: undefined };
      requests.push(requestType.encode(info).finish());
      await new Promise(setImmediate);
    },
  };
}

const timeout = { status: "unknown", message: "timeout waiting for connection info" };

describe("the plugin's broker", () => {
  test("dials what was announced before", async () => {
    const { broker, announce, dialled } = openBroker();
    await announce(1, "/one");

    await broker.dial(1);

    assert.deepEqual(dialled, [{ network: "unix", address: "/one" }]);
  });

  test("dials what is announced later, in any order [W56, W58]", async () => {
    const { broker, announce, dialled } = openBroker();
    const dials = [broker.dial(1), broker.dial(2)];

    await announce(2, "127.0.0.1:2", "tcp");
    await announce(1, "/one");
    await Promise.all(dials);

    assert.deepEqual(dialled, [
      { network: "tcp", address: "127.0.0.1:2" },
      { network: "unix", address: "/one" },
    ]);
  });

  test("waits for an announcement just under five seconds [W54]", async () => {
    const { broker, announce, clock, dialled } = openBroker();
    const dial = broker.dial(1);

    clock.advance(4999);
    await announce(1, "/one");
    await dial;

    assert.equal(dialled.length, 1);
  });

  test("gives up after five seconds", async () => {
    const { broker, clock } = openBroker();
    const dial = broker.dial(1);

    clock.advance(5000);

    await assert.rejects(dial, timeout);
  });

  test("forgets an announcement after five seconds [W57]", async () => {
    const { broker, announce, clock } = openBroker();
    await announce(1, "/one");

    clock.advance(5000);
    const dial = broker.dial(1);
    clock.advance(5000);

    await assert.rejects(dial, timeout);
  });

  test("keeps the first of two announcements, and uses it once", async () => {
    const { broker, announce, clock, dialled } = openBroker();
    await announce(1, "/first");
    await announce(1, "/second");

    await broker.dial(1);
    const again = broker.dial(1);
    clock.advance(5000);

    await assert.rejects(again, timeout);
    assert.deepEqual(dialled, [{ network: "unix", address: "/first" }]);
  });

  test("refuses a network that it does not know [W58]", async () => {
    const { broker, announce } = openBroker();
    await announce(1, "x", "pipe");

    await assert.rejects(broker.dial(1), { status: "unknown", message: "unknown network: pipe" });
  });

  test("stops waiting when the caller does", async () => {
    const { broker } = openBroker();
    const controller = new AbortController();
    const dial = broker.dial(1, { signal: controller.signal });

    controller.abort();

    await assert.rejects(dial, { status: "cancelled" });
  });

  test("says when the host's stream has ended", async () => {
    const { requests, ended, lost } = openBroker();

    requests.end();
    await ended;

    assert.equal(lost(), 1);
  });

  test("says when the host's stream broke", async () => {
    const { requests, ended, lost } = openBroker();

    requests.fail(new Error("connection reset"));
    await ended;

    assert.equal(lost(), 1);
  });
});
