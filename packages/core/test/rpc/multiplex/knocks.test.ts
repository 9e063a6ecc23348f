import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ConnInfo } from "../../../src/gen/plugin/broker.ts";
import { createKnocker, knockFor } from "../../../src/rpc/multiplex/knocks.ts";
import { createLock } from "../../../src/rpc/multiplex/lock.ts";
import { connectWithPatience } from "../../../src/rpc/multiplex/patience.ts";
import { manualClock, settled } from "../yamux/fixture.ts";

const permission = (id: number) => knockFor(id, { ack: true, error: "" });

function openKnocker() {
  const clock = manualClock();
  const sent: ConnInfo[] = [];
  let unused = 0;
  const knocker = createKnocker({
    clock,
    send: (info) => sent.push(info),
    onUnused() {
      unused += 1;
    },
  });
  return { clock, sent, knocker, unused: () => unused };
}

describe("knocking", () => {
  test("asks by number and ends with the permission [W62]", async () => {
    const { knocker, sent } = openKnocker();
    const knock = knocker.knock(3);

    knocker.answered(permission(3));

    await knock;
    assert.deepEqual(sent, [{ serviceId: 3, network: "", address: "", knock: { knock: true, ack: false, error: "" } }]);
  });

  test("fails with the host's reason [W63]", async () => {
    const { knocker } = openKnocker();
    const knock = knocker.knock(3);

    knocker.answered(knockFor(3, { ack: true, error: "no listener for id 3" }));

    await assert.rejects(knock, { status: "unavailable", message: "failed to knock for id 3: no listener for id 3" });
  });

  test("fails when the answer is no acknowledgement [W63]", async () => {
    const { knocker } = openKnocker();
    const knock = knocker.knock(3);

    knocker.answered({ ...permission(3), knock: undefined });

    await assert.rejects(knock, { status: "unavailable" });
  });

  test("waits five seconds, and uses up a permission that comes later [W62]", async () => {
    const { knocker, clock, unused } = openKnocker();
    const knock = knocker.knock(3);

    clock.advance(5000);

    await assert.rejects(knock, { message: "timeout waiting for multiplexing knock handshake on id 3" });
    assert.equal(unused(), 0);
    knocker.answered(permission(3));
    assert.equal(unused(), 1);
  });

  test("does not take the late permission of another knock for its own [W62]", async () => {
    const { knocker, clock, unused } = openKnocker();
    const late = assert.rejects(knocker.knock(3));
    clock.advance(5000);
    await late;
    const next = knocker.knock(4);

    knocker.answered(permission(3));
    assert.equal(unused(), 1);
    knocker.answered(permission(4));

    await next;
  });

  test("that could not be sent does not end a later one [W62]", async () => {
    const clock = manualClock();
    let isOpen = false;
    const send = () => {
      if (!isOpen) throw new Error("no stream yet");
    };
    const knocker = createKnocker({ clock, send, onUnused: () => assert.fail("the permission was thrown away") });
    await assert.rejects(knocker.knock(3), { message: "no stream yet" });
    clock.advance(4000);
    isOpen = true;
    const next = knocker.knock(4);

    clock.advance(1000);
    knocker.answered(permission(4));

    await next;
  });

  test("runs one task at a time, also after one that failed [W62]", async () => {
    const inTurn = createLock();
    const events: string[] = [];
    const task = (name: string, fails = false) =>
      inTurn(async () => {
        events.push(`${name} begins`);
        await settled();
        events.push(`${name} ends`);
        if (fails) throw new Error(name);
      });

    await Promise.allSettled([task("a", true), task("b")]);

    assert.deepEqual(events, ["a begins", "a ends", "b begins", "b ends"]);
  });

  test("is repeated until the host has its listener, for five seconds", async () => {
    const clock = manualClock();
    let attempts = 0;
    const refused = async () => {
      attempts += 1;
      throw new Error(`refusal ${attempts}`);
    };
    const connecting = assert.rejects(connectWithPatience(refused, clock), { message: "refusal 8" });
    for (let at = 0; at < 5000; at += 50) {
      await settled();
      clock.advance(50);
    }

    await connecting;
  });
});
