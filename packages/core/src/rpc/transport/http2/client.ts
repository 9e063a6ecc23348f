import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import { RpcError } from "../../status.ts";
import type { CallOptions, Channel } from "../transport.ts";
import type { DialOptions } from "../with-connections.ts";
import { fieldsOf, formatTimeout } from "./fields.ts";
import { type OutgoingCall, RefusedCall } from "./outgoing-call.ts";
import { OutgoingStreamingCall } from "./outgoing-streaming-call.ts";
import { OutgoingUnaryCall } from "./outgoing-unary-call.ts";
import { createReconnecting } from "./reconnecting.ts";
import type { Sockets } from "./sockets/sockets.ts";

/** Makes a channel on the sockets of a runtime. */
export function dialOn(sockets: Sockets, { address, tls }: DialOptions): Channel {
  /** Calls that wait for a connection, or for one of the streams that the peer allows. */
  const waiting: OutgoingCall[] = [];
  const connection = createReconnecting(
    (attach, signal) => sockets.connect({ address, tls, attach, signal }),
    startWaiting,
  );
  const fields = createRequestFields(tls ? "https" : "http");

  function start(call: OutgoingCall): void {
    waiting.push(call);
    startWaiting();
  }

  function startWaiting(): void {
    for (let call = waiting[0]; call; call = waiting[0]) {
      const standing = connection.current();
      if (!standing) {
        connection.get().then(startWaiting, failWaiting);
        return;
      }
      if (!standing.canOpen) return;
      waiting.shift();
      if (!call.isOver) call.start(standing.open(call));
    }
  }

  function failWaiting(error: RpcError): void {
    for (const call of waiting.splice(0)) call.stop(error);
  }

  function callOnce(path: string, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      start(new OutgoingUnaryCall({ request, fields: fields(path, options), options }, resolve, reject));
    });
  }

  return {
    unary(path, request, options = {}) {
      if (options.signal?.aborted) return Promise.reject(cancelled(options.signal));
      return callOnce(path, request, options).catch((error: unknown) => {
        if (!(error instanceof RefusedCall)) throw error;
        return callOnce(path, request, options);
      });
    },
    async *stream(path, requests, options = {}) {
      if (options.signal?.aborted) throw cancelled(options.signal);
      const call = new OutgoingStreamingCall({ requests, fields: fields(path, options), options });
      start(call);
      try {
        yield* call.responses;
      } finally {
        call.stop(new RpcError("cancelled", "call cancelled"));
      }
    },
    async connect({ signal } = {}) {
      try {
        await connection.connect(signal);
      } catch (error) {
        if (signal?.aborted) throw cancelled(signal);
        throw error;
      }
    },
    async close() {
      failWaiting(new RpcError("unavailable", "the channel is closed"));
      await connection.close();
    },
  };
}

function cancelled(signal: AbortSignal): RpcError {
  return new RpcError("cancelled", "call cancelled", { cause: signal.reason });
}

/**
 * Makes what gives the header fields of requests. Those without metadata and deadline are the same array every time, and
 * frozen, so that the connection keeps their block.
 */
function createRequestFields(scheme: string): (path: string, options: CallOptions) => readonly HeaderField[] {
  const known = new Map<string, readonly HeaderField[]>();
  return (path, { metadata, timeoutMs }) => {
    const plain = known.get(path) ?? requestFields(scheme, path);
    known.set(path, plain);
    if (!metadata && timeoutMs === undefined) return plain;
    const timeout: readonly HeaderField[] = timeoutMs === undefined ? [] : [["grpc-timeout", formatTimeout(timeoutMs)]];
    return [...plain, ...timeout, ...fieldsOf(metadata ?? new Map())];
  };
}

function requestFields(scheme: string, path: string): readonly HeaderField[] {
  return Object.freeze<HeaderField[]>([
    [":method", "POST"],
    [":scheme", scheme],
    [":path", path],
    [":authority", "localhost"],
    ["content-type", "application/grpc"],
    ["te", "trailers"],
    ["user-agent", "grpc-vaultwright"],
  ]);
}
