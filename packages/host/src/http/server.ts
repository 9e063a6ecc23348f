import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { HostRequest } from "../requests/context.ts";
import { Failure, failureOf } from "../requests/failure.ts";
import { handleRequest } from "../requests/handle-request.ts";
import { limitRate } from "../requests/limit-rate.ts";
import type { HostState } from "../state.ts";
import { answerPage } from "../ui/answer-page.ts";
import { createListReplacement, longestHead } from "./list-method.ts";
import { logRequest } from "./log-request.ts";
import { readRequest } from "./read-request.ts";
import { targetOf } from "./request-path.ts";
import { sendFailure, sendResponse } from "./send-response.ts";
import { answerSystemPath } from "./system-paths.ts";

const longestMs = 90_000;

/**
 * How long a client may take to send a request, and leave a connection unused, as with Vault. Node's own five seconds
 * close connections in the moment in which clients use them again.
 */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 300_000,
  connectionsCheckingInterval: 5_000,
};

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
  timing: Partial<typeof patience> = {},
): Promise<HttpServer> {
  const turns = new WeakMap<Socket, Promise<void>>();
  const server = createServer({ maxHeaderSize: longestHead, ...patience, ...timing }, (message, out) => {
    const { remoteAddress = "", remotePort = 0 } = message.socket;
    const client: Client = { remoteAddress, remotePort };
    // What a client sends ahead waits for the answer to what it sent before.
    const before = turns.get(message.socket) ?? Promise.resolve();
    const turn = before
      .then(() => answer(state, { message, out, client }))
      .catch((error: unknown) => {
        // One answer that cannot be sent must not end the server for everybody.
        state.log.error("an answer could not be sent", { method: message.method, error });
        out.destroy();
      });
    turns.set(message.socket, turn);
  });
  // The parser reads what the listeners before its own have left in a chunk.
  server.on("connection", (socket: Socket) => socket.prependListener("data", createListReplacement()));
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

interface Exchange {
  readonly message: IncomingMessage;
  readonly out: ServerResponse;
  readonly client: Client;
}

async function answer(state: HostState, { message, out, client }: Exchange): Promise<void> {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(new Error("the request took too long")), longestMs).unref();
  out.on("close", () => {
    clearTimeout(timer);
    if (!out.writableFinished) gone.abort(new Error("the client went away"));
  });
  const { signal } = gone;
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
    for (const [name, value] of Object.entries(await limitRate(state, request))) out.setHeader(name, value);
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
