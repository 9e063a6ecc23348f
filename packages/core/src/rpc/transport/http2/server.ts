import { rm } from "node:fs/promises";
import type { Duplex } from "node:stream";
import { Connection } from "../../../http2/connection.ts";
import { bridgeToSocket, makePrivateSocket } from "../private-bridge.ts";
import type { Server, Transport } from "../transport.ts";
import { acceptCalls } from "./accept.ts";
import { hostAndPort, type Sockets } from "./sockets/sockets.ts";

type ListenOptions = Parameters<Transport["listen"]>[0];

/** Serves calls on the sockets of a runtime. */
export function listenOn(sockets: Sockets, { connections, ...options }: ListenOptions): Promise<Server> {
  return connections ? serveConnections(sockets, options, connections) : listenAt(sockets, options);
}

async function serveConnections(
  sockets: Sockets,
  options: ListenOptions,
  carried: AsyncIterable<Duplex>,
): Promise<Server> {
  const socket = makePrivateSocket(options.address);
  const server = await listenAt(sockets, { ...options, address: socket.address });
  bridgeToSocket(carried, socket);
  return {
    address: options.address,
    async close() {
      await server.close();
      socket.remove();
    },
  };
}

async function listenAt(sockets: Sockets, { address, services, tls }: ListenOptions): Promise<Server> {
  const accept = acceptCalls(services);
  const open = new Set<Connection>();
  const listener = await sockets.listen({
    address,
    tls,
    attach(pipe) {
      const connection = new Connection(pipe, { closed: () => open.delete(connection) }, accept);
      open.add(connection);
      return connection;
    },
  });
  const { host } = hostAndPort(address);
  return {
    address: address.network === "unix" ? address : { network: "tcp", address: `${host}:${listener.port}` },
    async close() {
      listener.stop();
      for (const connection of [...open]) connection.shutDown();
      if (address.network === "unix") await rm(address.address, { force: true });
    },
  };
}
