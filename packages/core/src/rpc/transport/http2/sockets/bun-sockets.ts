import type { Pipe, PipeListener } from "../../../../http2/pipe.ts";
import type { ClientTls, ServerTls } from "../../../tls.ts";
import type { Address } from "../../transport.ts";
import type { Bun, BunSocket, BunSocketHandlers, BunTls } from "./bun.ts";
import { type Attach, hostAndPort, type Sockets } from "./sockets.ts";

/** Sockets of Bun itself, which spare the streams of `node:net` between the system and HTTP/2. */
export function bunSockets(bun: Bun): Sockets {
  return {
    async listen({ address, tls, attach }) {
      const listener = bun.listen({
        ...placeOf(address),
        ...(tls && { tls: serverOptions(tls) }),
        socket: handlers(tls !== undefined, attach),
      });
      return {
        port: listener.port,
        stop: () => listener.stop(),
      };
    },
    connect({ address, tls, attach, signal }) {
      return new Promise((resolve, reject) => {
        let giveUp = () => {};
        const attached: Attach = (pipe) => {
          signal.removeEventListener("abort", giveUp);
          if (signal.aborted) pipe.destroy();
          const listener = attach(pipe);
          resolve();
          return listener;
        };
        // Nobody else knows of a socket before its handshake is over, which a silent peer can put off for ever.
        const begun = (socket: BunSocket) => {
          giveUp = () => socket.terminate();
          if (signal.aborted) giveUp();
          else signal.addEventListener("abort", giveUp, { once: true });
        };
        const shared = handlers(tls !== undefined, attached, reject);
        bun
          .connect({
            ...placeOf(address),
            ...(tls && { tls: clientOptions(tls) }),
            socket: {
              ...shared,
              open(socket) {
                begun(socket);
                shared.open?.(socket);
              },
              connectError: (_, error) => reject(error),
            },
          })
          .catch(reject);
      });
    },
  };
}

function placeOf(address: Address): { unix: string } | { hostname: string; port: number } {
  if (address.network === "unix") return { unix: address.address };
  const { host, port } = hostAndPort(address);
  return { hostname: host, port };
}

/** The name of HTTP/2 in TLS, after its length. */
const protocols = "\x02h2";
const tls12 = 0x0303;

function serverOptions({ identity, trusted }: ServerTls): BunTls {
  return {
    key: identity.key,
    cert: identity.certificate,
    ca: trusted,
    requestCert: true,
    rejectUnauthorized: true,
    ALPNProtocols: protocols,
    minVersion: tls12,
  };
}

function clientOptions({ identity, trusted, serverName }: ClientTls): BunTls {
  return {
    key: identity.key,
    cert: identity.certificate,
    ca: trusted,
    serverName,
    rejectUnauthorized: true,
    ALPNProtocols: protocols,
    minVersion: tls12,
  };
}

function handlers(isSecure: boolean, attach: Attach, refuse?: (error: Error) => void): BunSocketHandlers {
  return {
    open(socket) {
      if (!isSecure) socket.data = new BunPipe(socket, attach);
    },
    handshake(socket, success, error) {
      // A server's handshake succeeds with a certificate that it does not trust, too; then only the error tells.
      const isTrusted = success && !error && socket.alpnProtocol === "h2";
      if (isTrusted) {
        socket.data = new BunPipe(socket, attach);
      } else {
        refuse?.(error ?? new Error("the peer did not agree on HTTP/2"));
        socket.terminate();
      }
    },
    data: (socket, bytes) => pipeOf(socket)?.listener.data(bytes),
    drain: (socket) => pipeOf(socket)?.sendPending(),
    error(socket, error) {
      const pipe = pipeOf(socket);
      if (pipe) pipe.failure = error;
      refuse?.(error);
    },
    close(socket, error) {
      refuse?.(error ?? new Error("the connection was closed before it stood"));
      pipeOf(socket)?.closed(error);
    },
  };
}

function pipeOf({ data }: BunSocket): BunPipe | undefined {
  return data instanceof BunPipe ? data : undefined;
}

class BunPipe implements Pipe {
  readonly listener: PipeListener;
  failure: Error | undefined;
  pending = 0;
  readonly #socket: BunSocket;
  /** What the system has not taken. */
  readonly #waiting: Uint8Array[] = [];
  #isEnding = false;

  constructor(socket: BunSocket, attach: Attach) {
    this.#socket = socket;
    this.listener = attach(this);
  }

  write(bytes: Uint8Array): void {
    if (this.#isEnding) return;
    const taken = this.pending > 0 ? 0 : Math.max(0, this.#socket.write(bytes));
    if (taken === bytes.length) return;
    const rest = taken === 0 ? bytes : bytes.subarray(taken);
    this.#waiting.push(rest);
    this.pending += rest.length;
  }

  /** Called when the socket is closed, by whomever. */
  closed(error: Error | undefined): void {
    // The socket's object may live on until garbage is collected, and what it was to send need not.
    this.#isEnding = true;
    this.#waiting.length = 0;
    this.pending = 0;
    this.listener.close(this.failure ?? error);
  }

  /** Called when the system takes bytes again. */
  sendPending(): void {
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      const taken = Math.max(0, this.#socket.write(first));
      this.pending -= taken;
      if (taken < first.length) {
        this.#waiting[0] = first.subarray(taken);
        return;
      }
      this.#waiting.shift();
    }
    if (this.#isEnding) this.#socket.shutdown();
    else this.listener.drain();
  }

  end(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    // To close it with bytes unread in it would make the system throw away what is on its way to the peer.
    if (this.pending === 0) this.#socket.shutdown();
    // A peer that reads nothing would otherwise keep it open for ever.
    setTimeout(() => this.#socket.terminate(), lingerMs).unref();
  }

  destroy(): void {
    this.#isEnding = true;
    this.#socket.terminate();
  }
}

const lingerMs = 1000;
