import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSocketServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Failure, failureOf } from "../requests/failure.ts";
import { handleRequest } from "../requests/handle-request.ts";
import type { HostState } from "../state.ts";
import { type ClientConnection, connectionWithList } from "./list-method.ts";
import { readRequest } from "./read-request.ts";
import { sendFailure, sendResponse } from "./send-response.ts";
import { answerSystemPath } from "./system-paths.ts";

const longestMs = 90_000;

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
): Promise<HttpServer> {
  const connections = new Map<Duplex, ClientConnection>();
  const http = createServer((message, out) => {
    const connection = connections.get(message.socket);
    out.on("finish", () => connection?.expectRequest());
    void answer(state, { message, out, connection });
  });
  const server = createSocketServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) => {
    const connection = connectionWithList(socket);
    connections.set(connection.stream, connection);
    connection.stream.on("close", () => connections.delete(connection.stream));
    http.emit("connection", connection.stream);
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(address.port, address.host, resolve);
  await promise;
  const bound = server.address();
  return {
    port: typeof bound === "object" && bound !== null ? bound.port : address.port,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const stream of connections.keys()) stream.destroy();
      await closed;
    },
  };
}

interface Exchange {
  readonly message: IncomingMessage;
  readonly out: ServerResponse;
  readonly connection: ClientConnection | undefined;
}

async function answer(state: HostState, { message, out, connection }: Exchange): Promise<void> {
  const gone = new AbortController();
  out.on("close", () => {
    if (!out.writableFinished) gone.abort(new Error("the client went away"));
  });
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(longestMs)]);
  out.setHeader("Cache-Control", "no-store");
  try {
    const { remoteAddress = "", remotePort = 0 } = connection ?? {};
    const request = await readRequest(message, { signal, remoteAddress, remotePort });
    if (await answerSystemPath(state, request, out)) return;
    sendResponse(out, request, await untilAborted(handleRequest(state, request), signal));
  } catch (thrown) {
    sendError(state, message, out, thrown);
  }
}

/** Gives an answer up when its time is over, also where a plugin does not care. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new Failure(500, ["context deadline exceeded"], { cause: signal.reason }));
  signal.addEventListener("abort", abort, { once: true });
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
