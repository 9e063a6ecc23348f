import type { Duplex } from "node:stream";
import type { ClientTls, ServerTls } from "../tls.ts";

/** Metadata of a call; keys are lower case. */
export type Metadata = ReadonlyMap<string, readonly string[]>;

/** What a handler learns of the call that it answers. */
export interface ServerCall {
  readonly metadata: Metadata;
  /** Aborts when the caller cancels, its deadline passes, or its connection is gone. */
  readonly signal: AbortSignal;
}

/** Answers the calls of one method, in bytes. What it throws reaches the caller as `RpcError.from` gives it. */
export type MethodHandler =
  | { readonly kind: "unary"; handle(request: Uint8Array, call: ServerCall): Promise<Uint8Array> }
  | {
      readonly kind: "stream";
      handle(requests: AsyncIterable<Uint8Array>, call: ServerCall): AsyncIterable<Uint8Array>;
    };

/** Handlers by method path, for instance `/plugin.GRPCController/Shutdown`. */
export type Service = ReadonlyMap<string, MethodHandler>;

/** Where a server listens or a channel connects: the second and third member of a handshake line. */
export interface Address {
  readonly network: "unix" | "tcp";
  /** A socket's path, or `host:port`. */
  readonly address: string;
}

/** A running server. */
export interface Server {
  readonly address: Address;
  /** Stops at once: running calls are aborted, connections closed, the socket file removed. */
  close(): Promise<void>;
}

/** Options of a call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly metadata?: Metadata;
  /** Ends the call with `deadline-exceeded` after so long. */
  readonly timeoutMs?: number;
}

/** A connection on which calls are made. It is re-established to the same address when it breaks. */
export interface Channel {
  unary(path: string, request: Uint8Array, options?: CallOptions): Promise<Uint8Array>;
  /** Calls with a stream of requests, a stream of responses, or both. */
  stream(path: string, requests: AsyncIterable<Uint8Array>, options?: CallOptions): AsyncIterable<Uint8Array>;
  /** Resolves once the connection stands; what uses the channel later finds it ready. */
  connect(options?: { readonly signal?: AbortSignal }): Promise<void>;
  close(): Promise<void>;
}

/** A gRPC implementation. Messages may have up to 2^31 - 1 bytes in either direction. */
export interface Transport {
  /**
   * Serves on an address; without `tls` in plain text. With `connections` it serves those instead of listening, and the
   * address says what carries them.
   */
  listen(options: {
    readonly address: Address;
    readonly services: readonly Service[];
    readonly tls?: ServerTls;
    readonly connections?: AsyncIterable<Duplex>;
  }): Promise<Server>;
  /**
   * Makes a channel, without connecting yet; without `tls` in plain text. With `connect` it gets its connections there,
   * also when it connects again, and the address says what carries them.
   */
  dial(options: {
    readonly address: Address;
    readonly tls?: ClientTls;
    readonly connect?: () => Promise<Duplex>;
  }): Channel;
}
