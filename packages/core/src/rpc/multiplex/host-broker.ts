import type { Duplex } from "node:stream";
import { type ConnInfo, GRPCBrokerDefinition } from "../../gen/plugin/broker.ts";
import type { HostBroker } from "../host-broker.ts";
import { createQueue, type Queue } from "../queue.ts";
import { clientOf } from "../service.ts";
import type { ServerTls } from "../tls.ts";
import type { Address, Channel, Server, Transport } from "../transport/transport.ts";
import type { Session } from "../yamux/session.ts";
import { knockFor } from "./knocks.ts";

export interface KnockedBrokerOptions {
  readonly transport: Transport;
  readonly channel: Channel;
  readonly tls: ServerTls | undefined;
  /** The one connection, and where it was made. */
  readonly session: Session;
  readonly address: Address;
}

/** Makes the host's half of the broker over one connection: the plugin knocks, and its next stream goes to that door. */
export function createKnockedBroker({ transport, channel, tls, session, address }: KnockedBrokerOptions): HostBroker {
  const doors = new Map<number, { readonly connections: Queue<Duplex>; readonly server: Server }>();
  const answers = createQueue<ConnInfo>();
  const closing = new AbortController();
  let lastId = 0;

  function admit({ serviceId, knock }: ConnInfo): void {
    if (!knock?.knock || knock.ack) return;
    const door = doors.get(serviceId);
    if (door) giveNextTo(serviceId);
    answers.push(knockFor(serviceId, { ack: true, error: door ? "" : `no listener for id ${serviceId}` }));
  }

  function giveNextTo(id: number): void {
    session.accept().then(
      (stream) => {
        const door = doors.get(id);
        // It may have been closed since the knock; then the plugin must not wait for somebody who answers.
        if (door) door.connections.push(stream);
        else stream.destroy();
      },
      () => {},
    );
  }

  async function follow(): Promise<void> {
    const { startStream } = clientOf(GRPCBrokerDefinition, channel);
    try {
      for await (const info of startStream(answers, { signal: closing.signal })) admit(info);
    } catch {
      // The end of the process or of its connection is seen elsewhere.
    }
  }
  follow();

  async function closeDoor(id: number): Promise<void> {
    const door = doors.get(id);
    doors.delete(id);
    door?.connections.end();
    await door?.server.close();
  }

  return {
    async offer(services) {
      const connections = createQueue<Duplex>();
      const server = await transport.listen({ address, services, connections, ...(tls && { tls }) });
      lastId += 1;
      const id = lastId;
      doors.set(id, { connections, server });
      return { id, close: () => closeDoor(id) };
    },
    async close() {
      answers.end();
      closing.abort();
      await Promise.all([...doors.keys()].map(closeDoor));
    },
  };
}
