import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { type ConnInfo, GRPCBrokerDefinition } from "../../../src/gen/plugin/broker.ts";
import { createKnockedBroker } from "../../../src/rpc/multiplex/host-broker.ts";
import { knockFor } from "../../../src/rpc/multiplex/knocks.ts";
import { createQueue } from "../../../src/rpc/queue.ts";
import { implement } from "../../../src/rpc/service.ts";
import { createHttp2 } from "../../../src/rpc/transport/http2/http2.ts";
import { temporaryDirectory } from "../fixture.ts";
import { sessionPair } from "../yamux/fixture.ts";

test("the host's broker ends a stream whose door was closed after the knock", { timeout: 10_000 }, async (t) => {
  const { client, server } = sessionPair(t);
  const transport = createHttp2();
  const address = { network: "unix", address: join(temporaryDirectory(t), "plugin") } as const;
  const knocks = createQueue<ConnInfo>();
  const permitted = Promise.withResolvers<void>();
  const startStream = (answers: AsyncIterable<ConnInfo>) => {
    answers[Symbol.asyncIterator]()
      .next()
      .then(() => permitted.resolve());
    return knocks;
  };
  const main = await transport.listen({ address, services: [implement(GRPCBrokerDefinition, { startStream })] });
  const channel = transport.dial({ address });
  const host = createKnockedBroker({ transport, channel, tls: undefined, session: client, address });
  t.after(async () => {
    await host.close();
    await channel.close();
    await main.close();
  });
  const door = await host.offer([]);
  knocks.push(knockFor(door.id, { ack: false, error: "" }));
  await permitted.promise;
  await door.close();

  const stream = await server.open();

  await assert.rejects(once(stream, "close"), { name: "YamuxError", message: /was reset by the other side/ });
});
