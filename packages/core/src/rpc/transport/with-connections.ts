import type { Duplex } from "node:stream";
import { bridgeFromSocket, bridgeToSocket, makePrivateSocket } from "./private-bridge.ts";
import type { Channel, Server, Transport } from "./transport.ts";

/** What a server is made with, apart from connections that something else carries. */
export type ListenOptions = Omit<Parameters<Transport["listen"]>[0], "connections">;

/** What a channel is made with, apart from connections that something else carries. */
export type DialOptions = Omit<Parameters<Transport["dial"]>[0], "connect">;

/** A transport that can be given addresses, and no connections. */
export interface AddressTransport {
  listen(options: ListenOptions): Promise<Server>;
  dial(options: DialOptions): Channel;
}

/** Lets a transport also be given connections, by private sockets that they are joined to. */
export function withConnections(transport: AddressTransport): Transport {
  return {
    listen: ({ connections, ...options }) =>
      connections ? serveCarried(transport, options, connections) : transport.listen(options),
    dial: ({ connect, ...options }) => (connect ? dialCarried(transport, options, connect) : transport.dial(options)),
  };
}

async function serveCarried(
  { listen }: AddressTransport,
  options: ListenOptions,
  connections: AsyncIterable<Duplex>,
): Promise<Server> {
  const socket = makePrivateSocket(options.address);
  const server = await listen({ ...options, address: socket.address });
  bridgeToSocket(connections, socket);
  return {
    address: options.address,
    async close() {
      await server.close();
      socket.remove();
    },
  };
}

function dialCarried({ dial }: AddressTransport, options: DialOptions, connect: () => Promise<Duplex>): Channel {
  const bridge = bridgeFromSocket(options.address, connect);
  const channel = dial({ ...options, address: bridge.address });
  return {
    ...channel,
    async close() {
      await channel.close();
      bridge.close();
    },
  };
}
