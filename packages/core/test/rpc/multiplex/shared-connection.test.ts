import assert from "node:assert/strict";
import { once } from "node:events";
import { createConnection } from "node:net";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { createSharedConnection } from "../../../src/rpc/multiplex/shared-connection.ts";
import type { Transport } from "../../../src/rpc/transport/transport.ts";
import { createSession } from "../../../src/rpc/yamux/session.ts";
import { temporaryDirectory } from "../fixture.ts";
import { manualClock } from "../yamux/fixture.ts";

/** Listens with a transport that serves nothing. */
async function listen(t: TestContext) {
  const clock = manualClock();
  const address = { network: "unix", address: join(temporaryDirectory(t), "socket") } as const;
  const transport: Transport = {
    listen: async () => ({ address, close: async () => {} }),
    dial: () => assert.fail("no channel"),
  };
  const reasons: (string | undefined)[] = [];
  const shared = createSharedConnection({ transport, clock, onEnd: (reason) => reasons.push(reason?.message) });
  const server = await shared.listen({ address, services: [] });
  t.after(() => server.close());
  return { clock, path: address.address, reasons, shared };
}

describe("the plugin's end of one connection", { timeout: 10_000 }, () => {
  test("waits five seconds for the host [W60]", async (t) => {
    const { clock, reasons } = await listen(t);

    clock.advance(4999);
    assert.deepEqual(reasons, []);
    clock.advance(1);

    assert.deepEqual(reasons, ["timed out waiting for connection to be established"]);
  });

  test("takes one connection and no other [W60]", async (t) => {
    const { clock, path, reasons } = await listen(t);
    const first = createSession(createConnection({ path }), { role: "client" });
    await first.ping();

    await once(createConnection({ path }), "close");

    await first.ping();
    clock.advance(5000);
    assert.deepEqual(reasons, []);
    first.close();
  });

  test("opens streams only once the host has connected", async (t) => {
    const { path, shared } = await listen(t);
    await assert.rejects(shared.open(), { status: "unavailable" });
    const host = createSession(createConnection({ path }), { role: "client" });
    await host.ping();

    const [opened, taken] = await Promise.all([shared.open(), host.accept()]);

    opened.write("hello");
    assert.equal(String((await once(taken, "data"))[0]), "hello");
    host.close();
  });
});
