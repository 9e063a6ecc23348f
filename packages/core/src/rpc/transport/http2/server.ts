import { rm } from "node:fs/promises";
import { Connection } from "../../../http2/connection.ts";
import type { Server } from "../transport.ts";
import type { ListenOptions } from "../with-connections.ts";
import { withPort } from "../with-port.ts";
import { acceptCalls } from "./accept.ts";
import type { Sockets } from "./sockets/sockets.ts";

/** Serves calls on the sockets of a runtime. */
export async function listenOn(sockets: Sockets, { address, services, tls }: ListenOptions): Promise<Server> {
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
  return {
    address: withPort(address, listener.port),
    async close() {
      listener.stop();
      for (const connection of [...open]) connection.shutDown();
      if (address.network === "unix") await rm(address.address, { force: true });
    },
  };
}
