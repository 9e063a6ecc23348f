import { connect as connectNet, createServer as createNetServer, type Server, type Socket } from "node:net";
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from "node:tls";
import type { Pipe } from "../../../../http2/pipe.ts";
import type { ClientTls, ServerTls } from "../../../tls.ts";
import { type Attach, hostAndPort, type Listener, type Sockets } from "./sockets.ts";

/** Sockets of `node:net` and `node:tls`, which Node and Bun have. */
export const nodeSockets: Sockets = {
  async listen({ address, tls, attach }): Promise<Listener> {
    const server = tls ? secureServer(tls, attach) : createNetServer((socket) => join(socket, attach));
    await listening(server, address.network === "unix" ? { path: address.address } : hostAndPort(address));
    const bound = server.address();
    return {
      port: bound !== null && typeof bound === "object" ? bound.port : undefined,
      stop: () => server.close(),
    };
  },
  connect({ address, tls, attach, signal }) {
    const place = address.network === "unix" ? { path: address.address } : hostAndPort(address);
    const socket = tls ? connectTls({ ...place, ...clientOptions(tls) }) : connectNet(place);
    return new Promise((resolve, reject) => {
      const abort = () => socket.destroy(new Error("the attempt was given up"));
      signal.addEventListener("abort", abort, { once: true });
      socket.once("error", reject);
      socket.once(tls ? "secureConnect" : "connect", () => {
        signal.removeEventListener("abort", abort);
        if ("alpnProtocol" in socket && socket.alpnProtocol !== "h2") {
          socket.destroy(new Error("the peer did not agree on HTTP/2"));
          return;
        }
        socket.off("error", reject);
        join(socket, attach);
        resolve();
      });
    });
  },
};

function secureServer({ identity, trusted }: ServerTls, attach: Attach): Server {
  const server = createTlsServer({
    key: identity.key,
    cert: identity.certificate,
    ca: trusted,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ALPNProtocols: ["h2"],
  });
  server.on("secureConnection", (socket: TLSSocket) => {
    // Without an agreed protocol there may be another one behind it, for instance HTTP/1.1.
    if (socket.alpnProtocol === "h2") join(socket, attach);
    else socket.destroy();
  });
  return server;
}

function clientOptions({ identity, trusted, serverName }: ClientTls) {
  return {
    key: identity.key,
    cert: identity.certificate,
    ca: trusted,
    servername: serverName,
    minVersion: "TLSv1.2" as const,
    ALPNProtocols: ["h2"],
  };
}

function listening(server: Server, place: { path: string } | { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(place, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

const lingerMs = 1000;

function join(socket: Socket, attach: Attach): void {
  let failure: Error | undefined;
  const pipe: Pipe = {
    get pending() {
      return socket.writableLength;
    },
    write(bytes) {
      if (socket.writable) socket.write(bytes);
    },
    end() {
      // To close it with bytes unread in it would make the system throw away what is on its way to the peer.
      socket.end();
      // A peer that reads nothing would otherwise keep it open for ever.
      const timer = setTimeout(() => socket.destroy(), lingerMs);
      timer.unref();
      socket.once("close", () => clearTimeout(timer));
    },
    destroy: () => socket.destroy(),
  };
  socket.setNoDelay(true);
  const listener = attach(pipe);
  socket.on("data", (bytes: Buffer) => listener.data(bytes));
  socket.on("drain", () => listener.drain());
  socket.on("error", (error) => {
    failure = error;
  });
  socket.on("close", () => listener.close(failure));
}
