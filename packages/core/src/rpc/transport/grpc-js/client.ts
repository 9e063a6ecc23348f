import { Client, type ClientDuplexStream, connectivityState, credentials, type ServiceError } from "@grpc/grpc-js";
import { createQueue } from "../../queue.ts";
import { RpcError, statusNames } from "../../status.ts";
import type { ClientTls } from "../../tls.ts";
import { pump } from "../pump.ts";
import type { CallOptions, Channel } from "../transport.ts";
import type { DialOptions } from "../with-connections.ts";
import { targetOf } from "./address.ts";
import { asBuffer, asBytes } from "./bytes.ts";
import { metadataToGrpc } from "./metadata.ts";
import { clientOptions } from "./options.ts";
import { sendOn } from "./send.ts";

/** Makes a channel to an address by grpc-js. */
export function dial({ address, tls }: DialOptions): Channel {
  const serverName = tls && { "grpc.ssl_target_name_override": tls.serverName };
  const client = new Client(targetOf(address), credentialsOf(tls), { ...clientOptions, ...serverName });
  let wasConnecting = false;
  return {
    unary: (path, request, options = {}) => callUnary(client, path, request, options),
    stream: (path, requests, options = {}) => callStream(client, path, requests, options),
    connect({ signal } = {}) {
      wasConnecting = true;
      return connect(client, signal);
    },
    async close() {
      if (wasConnecting) await attemptOver(client);
      client.close();
    },
  };
}

const attemptMs = 500;

/**
 * Waits for the first connection to stand or to fail, half a second at most: grpc-js keeps the socket of a connection that
 * comes to stand when its channel is closed already.
 */
function attemptOver(client: Client): Promise<void> {
  const channel = client.getChannel();
  const deadline = Date.now() + attemptMs;
  const isUnderWay = (state: connectivityState) =>
    state === connectivityState.IDLE || state === connectivityState.CONNECTING;
  return new Promise((resolve) => {
    const look = (error?: Error) => {
      const state = channel.getConnectivityState(false);
      if (error || !isUnderWay(state)) return resolve();
      channel.watchConnectivityState(state, deadline, look);
    };
    look();
  });
}

function credentialsOf(tls: ClientTls | undefined) {
  if (!tls) return credentials.createInsecure();
  const { identity, trusted } = tls;
  return credentials.createSsl(Buffer.from(trusted), Buffer.from(identity.key), Buffer.from(identity.certificate));
}

function connect(client: Client, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled(signal));
    const abort = () => reject(cancelled(signal));
    signal?.addEventListener("abort", abort, { once: true });
    client.waitForReady(Number.POSITIVE_INFINITY, (error) => {
      signal?.removeEventListener("abort", abort);
      if (error) reject(new RpcError("unavailable", error.message, { cause: error }));
      else resolve();
    });
  });
}

function callUnary(client: Client, path: string, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled(signal));
    const metadata = metadataToGrpc(options.metadata);
    const deadline = deadlineOf(options);
    const call = client.makeUnaryRequest(path, asBuffer, asBytes, request, metadata, deadline, (error, response) => {
      signal?.removeEventListener("abort", cancel);
      if (error) reject(errorFromGrpc(error));
      else resolve(response ?? new Uint8Array());
    });
    const cancel = () => call.cancel();
    signal?.addEventListener("abort", cancel, { once: true });
  });
}

async function* callStream(
  client: Client,
  path: string,
  requests: AsyncIterable<Uint8Array>,
  options: CallOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { signal } = options;
  if (signal?.aborted) throw cancelled(signal);
  const call = client.makeBidiStreamRequest(
    path,
    asBuffer,
    asBytes,
    metadataToGrpc(options.metadata),
    deadlineOf(options),
  );
  const finished = new AbortController();
  const cancel = () => call.cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    yield* responsesOf(call, requests, finished.signal);
  } finally {
    signal?.removeEventListener("abort", cancel);
    finished.abort();
    call.cancel();
  }
}

function responsesOf(
  call: ClientDuplexStream<Uint8Array, Uint8Array>,
  requests: AsyncIterable<Uint8Array>,
  finished: AbortSignal,
): AsyncIterable<Uint8Array> {
  const responses = createQueue<Uint8Array>(() => call.resume());
  call.on("data", (message: Uint8Array) => {
    call.pause();
    responses.push(message);
  });
  call.on("end", () => responses.end());
  call.on("error", (error: ServiceError) => responses.fail(errorFromGrpc(error)));
  pump(requests, sendOn(call), finished).then(
    () => call.end(),
    (error: unknown) => responses.fail(error),
  );
  return responses;
}

function deadlineOf({ timeoutMs }: CallOptions): { deadline?: number } {
  return timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
}

function cancelled(signal: AbortSignal | undefined): RpcError {
  return new RpcError("cancelled", "call cancelled", { cause: signal?.reason });
}

function errorFromGrpc(error: ServiceError): RpcError {
  const status = statusNames[error.code] ?? "unknown";
  return new RpcError(status === "ok" ? "unknown" : status, error.details, { cause: error });
}
