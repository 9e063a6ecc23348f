import assert from "node:assert/strict";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { describe, test } from "node:test";
import { createKnockedBroker } from "../../../src/rpc/multiplex/host-broker.ts";
import { createKnockingBroker } from "../../../src/rpc/multiplex/plugin-broker.ts";
import { hostServices, temporaryDirectory, text } from "../fixture.ts";
import { pairs } from "../transport/transports.ts";
import { sessionPair } from "../yamux/fixture.ts";

describe("the plugin's broker over one connection", { timeout: 30_000 }, () => {
  for (const [name, transport] of pairs) {
    test(`knocks again when a connection to the host has broken, by ${name} [W126]`, async (t) => {
      const { client, server } = sessionPair(t);
      const address = { network: "unix", address: join(temporaryDirectory(t), "plugin") } as const;
      const plugin = createKnockingBroker({
        transport,
        tls: undefined,
        shared: { listen: () => assert.fail("no listener"), open: server.open, address },
      });
      const main = await transport.listen({ address, services: [plugin.service] });
      const channel = transport.dial({ address });
      const streams: Duplex[] = [];
      const accept: typeof client.accept = async () => {
        const stream = await client.accept();
        streams.push(stream);
        return stream;
      };
      const session = { ...client, accept };
      const host = createKnockedBroker({ transport, channel, tls: undefined, session, address });
      const { id } = await host.offer(hostServices);
      t.after(async () => {
        await dialled.close();
        await host.close();
        await channel.close();
        await main.close();
      });
      const dialled = await plugin.dial(id);
      const ask = async (word: string) => text(await dialled.unary("/test.Host/Echo", Buffer.from(word)));
      assert.equal(await ask("before"), "before");

      streams[0]?.destroy();
      // A call that was on its way when the break was noticed fails with the connection.
      await ask("while it breaks").catch(() => {});
      await dialled.connect();

      assert.equal(await ask("after"), "after");
      assert.equal(streams.length, 2);
    });
  }
});
