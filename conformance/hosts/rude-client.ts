import { type ClientHttp2Session, connect } from "node:http2";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { ConnectHost } from "./connect-host.ts";

/** A client that sends what it likes. */
export interface RudeClient {
  /** Sends bytes as the body of a call, waits for whatever comes of it, and says whether an answer came. */
  call(path: string, body: Buffer, headers: Readonly<Record<string, string>>): Promise<boolean>;
  /** Sends bytes on a connection of their own, closes it, and says whether TLS was established. */
  connection(bytes: Buffer): Promise<boolean>;
  close(): void;
}

const patienceMs = 8_000;

/** Makes a client with the host's own certificate, so that what it sends is looked at. */
export function createRudeClient({ socket, identity, ca }: ConnectHost): RudeClient {
  const dial = (): TLSSocket =>
    connectTls({ path: socket, servername: "localhost", ALPNProtocols: ["h2"], ca, ...identity });
  let session: ClientHttp2Session | undefined;
  function current(): ClientHttp2Session {
    if (session === undefined || session.closed || session.destroyed) {
      session = connect("https://localhost", { createConnection: dial });
      // A connection that the plugin gives up is an answer too; the next call makes another.
      session.on("error", () => {});
    }
    return session;
  }
  return {
    call: (path, body, headers) =>
      new Promise((resolve) => {
        const stream = current().request({
          ":method": "POST",
          ":path": path,
          "content-type": "application/grpc",
          te: "trailers",
          ...headers,
        });
        stream.setTimeout(patienceMs, () => stream.close());
        let isAnswered = false;
        stream.on("response", () => {
          isAnswered = true;
        });
        stream.on("error", () => {});
        stream.on("close", () => resolve(isAnswered));
        stream.resume();
        stream.end(body);
      }),
    connection: (bytes) =>
      new Promise((resolve) => {
        const connection = dial();
        let isSecure = false;
        connection.on("error", () => {});
        connection.on("close", () => resolve(isSecure));
        connection.on("secureConnect", () => {
          isSecure = true;
          connection.end(bytes);
          // What says nothing to it will not say anything later.
          connection.setTimeout(200);
        });
        connection.setTimeout(patienceMs, () => connection.destroy());
        connection.resume();
      }),
    close: () => session?.destroy(),
  };
}
