import { type ConnectionOptions, connect } from "node:tls";

const preface = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  // An empty SETTINGS frame.
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

/** What came of a connection: the server's first HTTP/2 frame with the TLS that carried it, or the refusal. */
export type Dialled =
  | { readonly served: true; readonly tls: string | null; readonly alpn: string | false | null }
  | { readonly served: false; readonly reason: string };

/**
 * Connects to a plugin's socket with TLS and starts HTTP/2. In TLS 1.3 a client learns only from the first bytes
 * whether its certificate was accepted, so the handshake alone says nothing.
 */
export function dial(path: string, options: ConnectionOptions): Promise<Dialled> {
  return new Promise((resolve) => {
    const socket = connect({ path, servername: "localhost", ALPNProtocols: ["h2"], ...options });
    const refuse = (reason: string): void => {
      socket.destroy();
      resolve({ served: false, reason });
    };
    socket.setTimeout(5_000, () => refuse("no answer within five seconds"));
    socket.on("secureConnect", () => socket.write(preface));
    socket.on("error", (error) => refuse(error.message));
    socket.on("close", () => refuse("closed without a word"));
    socket.once("data", () => {
      resolve({ served: true, tls: socket.getProtocol(), alpn: socket.alpnProtocol });
      socket.destroy();
    });
  });
}
