import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { HostRequest } from "../requests/context.ts";
import { Failure, failureOf } from "../requests/failure.ts";
import { handleRequest } from "../requests/handle-request.ts";
import type { HostState } from "../state.ts";
import { answerPage } from "../ui/answer-page.ts";
import { readableConnection } from "./connection.ts";
import { longestHead } from "./list-method.ts";
import { logRequest } from "./log-request.ts";
import { readRequest } from "./read-request.ts";
import { targetOf } from "./request-path.ts";
import { sendFailure, sendResponse } from "./send-response.ts";
import { answerSystemPath } from "./system-paths.ts";

const longestMs = 90_000;

/** How long a client may take to send a request, as with Vault. */
const patience = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };

/** A listening server. */
export interface HttpServer {
  readonly port: number;
  /** Stops listening and drops all connections. */
  close(): Promise<void>;
}

/** Puts the host on the network: on one address, and in plain text, because it is for development. */
export async function listen(
  state: HostState,
  address: { readonly host: string; readonly port: number },
  timing = patience,
): Promise<HttpServer> {
  const clients = new WeakMap<Duplex, Client>();
  const turns = new WeakMap<Duplex, Promise<void>>();
  const server = createServer({ maxHeaderSize: longestHead, ...timing }, (message, out) => {
    const client = clients.get(message.socket) ?? nobody;
    // What a client sends ahead waits for the answer to what it sent before.
    const before = turns.get(message.socket) ?? Promise.resolve();
    const turn = before.then(() => answer(state, { message, out, client }));
    turns.set(message.socket, turn);
  });
  readConnectionsOf(server, clients);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(address.port, address.host, resolve);
  await promise;
  const bound = server.address();
  return {
    port: typeof bound === "object" && bound !== null ? bound.port : address.port,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Where a request comes from. */
type Client = Pick<HostRequest, "remoteAddress" | "remotePort">;

const nobody: Client = { remoteAddress: "", remotePort: 0 };

/**
 * Puts `readableConnection` between the sockets and the server's own reading of them. The server still listens itself:
 * one that is only given connections never ends those that are too slow.
 */
function readConnectionsOf(server: Server, clients: WeakMap<Duplex, Client>): void {
  const readers = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    const stream = readableConnection(socket);
    const { remoteAddress = "", remotePort = 0 } = socket;
    clients.set(stream, { remoteAddress, remotePort });
    for (const read of readers) Reflect.apply(read, server, [stream]);
  });
}

interface Exchange {
  readonly message: IncomingMessage;
  readonly out: ServerResponse;
  readonly client: Client;
}

async function answer(state: HostState, { message, out, client }: Exchange): Promise<void> {
  const gone = new AbortController();
  out.on("close", () => {
    if (!out.writableFinished) gone.abort(new Error("the client went away"));
  });
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(longestMs)]);
  out.setHeader("Cache-Control", "no-store");
  if (await answerPage(state, { message, out, client })) return;
  logRequest(state, message, out);
  try {
    const target = targetOf(message.url ?? "/");
    if (target.redirect !== undefined) {
      out.writeHead(307, { Location: target.redirect }).end();
      return;
    }
    const request = await readRequest(message, target, { product: state.product, signal, ...client });
    if (await answerSystemPath(state, request, out)) return;
    const response = await untilAborted(handleRequest(state, request), signal);
    sendResponse(out, { request, product: state.product }, response);
  } catch (thrown) {
    sendError(state, message, out, thrown);
  }
}

/** Gives an answer up when its time is over, also where a plugin does not care. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new Failure(500, ["context deadline exceeded"], { cause: signal.reason }));
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  return Promise.race([work, promise]).finally(() => signal.removeEventListener("abort", abort));
}

function sendError(state: HostState, message: IncomingMessage, out: ServerResponse, thrown: unknown): void {
  if (out.headersSent || out.destroyed) return;
  const failure = failureOf(thrown, { isLogin: false });
  if (failure.status >= 500)
    state.log.error("a request failed", { method: message.method, path: message.url?.split("?")[0], error: failure });
  // The rest of a body that was too large is not read, so the connection cannot be used again.
  if (failure.status === 413) out.setHeader("Connection", "close");
  sendFailure(out, failure);
}
