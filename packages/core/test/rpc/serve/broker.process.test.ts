import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { grpcJs } from "../../../src/rpc/transport/grpc-js/grpc-js.ts";
import type { Address } from "../../../src/rpc/transport/transport.ts";
import {
  connectPlainly,
  fast,
  hostServices,
  launchFixture,
  nothing,
  openBrokerStream,
  runtimes,
  temporaryDirectory,
  text,
  tlsEnvironment,
} from "../fixture.ts";

/** Serves as a host in plain text. */
async function listen(t: TestContext, address: Address): Promise<Address> {
  const server = await grpcJs.listen({ address, services: hostServices });
  t.after(() => server.close());
  return server.address;
}

for (const runtime of runtimes) {
  describe(`the broker of a plugin on ${runtime.name}`, { timeout: 80_000 }, () => {
    test("dials what the host has announced before", async (t) => {
      const { channel, offer } = await launchFixture(t, runtime);

      const { id } = await offer(hostServices);
      // The announcement is sent at once; a round trip later it is there.
      await channel.unary("/test.Fixture/Echo", nothing);

      assert.equal(text(await channel.unary("/test.Fixture/Dial", Buffer.from(`${id}`))), `from the plugin to ${id}`);
    });

    test("waits for what the host announces later, and keeps numbers apart [W56]", async (t) => {
      const { channel, offer } = await launchFixture(t, runtime);

      const dialled = [2, 1].map((id) => channel.unary("/test.Fixture/Dial", Buffer.from(`${id}`)));
      await offer(hostServices);
      await offer(hostServices);

      const answers = (await Promise.all(dialled)).map(text);
      assert.deepEqual(answers, ["from the plugin to 2", "from the plugin to 1"]);
    });

    test("dials by unix and tcp what is announced as soon as the handshake line was read [W52, W58]", async (t) => {
      const { channel } = await connectPlainly(t, runtime);
      const announce = openBrokerStream(t, channel);
      const unix = await listen(t, { network: "unix", address: join(temporaryDirectory(t), "host") });
      const tcp = await listen(t, { network: "tcp", address: "127.0.0.1:0" });

      for (const [id, address] of [unix, tcp].entries()) announce(id + 1, address);
      announce(3, { network: "pipe", address: "x", serviceId: 3, knock: undefined });
      const dial = async (id: number) => text(await channel.unary("/test.Fixture/Dial", Buffer.from(`${id}`)));

      assert.deepEqual([unix.network, tcp.network], ["unix", "tcp"]);
      assert.equal(await dial(1), "from the plugin to 1");
      assert.equal(await dial(2), "from the plugin to 2");
      await assert.rejects(dial(3), { status: "unknown", message: "unknown network: pipe" });
    });

    test("dials in plain text in metadata mode, whatever certificate the host gives [W41]", async (t) => {
      const environment = { ...tlsEnvironment, VAULT_PLUGIN_METADATA_MODE: "true" };
      const { channel } = await connectPlainly(t, runtime, environment);
      const announce = openBrokerStream(t, channel);

      announce(1, await listen(t, { network: "unix", address: join(temporaryDirectory(t), "host") }));
      const answer = await channel.unary("/test.Fixture/Dial", Buffer.from("1"));

      assert.equal(text(answer), "from the plugin to 1");
    });

    test("gives up a number that the host never announces", async (t) => {
      const { channel } = await launchFixture(t, runtime, { env: fast });

      await assert.rejects(channel.unary("/test.Fixture/Dial", Buffer.from("7")), {
        status: "unknown",
        message: "timeout waiting for connection info",
      });
    });
  });
}
