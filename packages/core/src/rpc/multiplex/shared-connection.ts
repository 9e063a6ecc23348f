import { createServer, type Server as NetServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Clock } from "../clock.ts";
import { createQueue, type Queue } from "../queue.ts";
import { RpcError } from "../status.ts";
import type { Address, Transport } from "../transport/transport.ts";
import { createSession, type Session } from "../yamux/session.ts";

/** The plugin's end of the one connection that carries all others. */
export interface SharedConnection {
  /** Serves on a listener that takes one connection, and what the host opens inside it. */
  readonly listen: Transport["listen"];
  /** Opens a connection to the host inside it. */
  open(): Promise<Duplex>;
  /** Where that connection is made. */
  readonly address: Address;
}

export interface SharedConnectionOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Called when the connection is over or never came; there will not be another. */
  onEnd(reason: Error | undefined): void;
}

const waitMs = 5000;

/** Makes the plugin's end. The host connects as soon as it knows the address; go-plugin waits five seconds for it. */
export function createSharedConnection({ transport, clock, onEnd }: SharedConnectionOptions): SharedConnection {
  let session: Session | undefined;
  let carrier: Address | undefined;

  function start(socket: Socket, connections: Queue<Duplex>): void {
    const started = createSession(socket, { role: "server", clock });
    session = started;
    // A stream that no knock announced is for the main server, and nobody on this side waits for another.
    acceptAll(started, connections);
    started.closed.then(onEnd);
  }

  return {
    async listen(options) {
      const connections = createQueue<Duplex>();
      const raw = createServer();
      const address = await listenAt(raw, options.address);
      carrier = address;
      const server = await transport.listen({ ...options, address, connections });
      const callOff = clock.after(waitMs, () => {
        onEnd(new Error("timed out waiting for connection to be established"));
      });
      raw.on("connection", (socket: Socket) => {
        if (session) {
          socket.destroy();
          return;
        }
        callOff();
        start(socket, connections);
      });
      return {
        address,
        async close() {
          callOff();
          raw.close();
          session?.close();
          await server.close();
        },
      };
    },
    async open() {
      if (!session) throw new RpcError("unavailable", "the host has not connected");
      return session.open();
    },
    get address() {
      if (!carrier) throw new RpcError("unavailable", "the plugin does not listen");
      return carrier;
    },
  };
}

function listenAt(server: NetServer, { network, address }: Address): Promise<Address> {
  const colon = address.lastIndexOf(":");
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    const done = () => {
      server.off("error", reject);
      const bound = server.address();
      const port = typeof bound === "object" ? bound?.port : undefined;
      resolve({ network, address: network === "unix" ? address : `${address.slice(0, colon)}:${port}` });
    };
    if (network === "unix") server.listen(address, done);
    else server.listen(Number(address.slice(colon + 1)), address.slice(0, colon), done);
  });
}

async function acceptAll(session: Session, connections: Queue<Duplex>): Promise<void> {
  try {
    for (;;) connections.push(await session.accept());
  } catch {
    connections.end();
  }
}
