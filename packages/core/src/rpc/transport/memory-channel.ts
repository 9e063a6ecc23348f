import { RpcError } from "../status.ts";
import type { CallOptions, Channel, Service } from "./transport.ts";

/** A channel that calls services in the same process. */
export interface MemoryChannel extends Channel {
  readonly isClosed: boolean;
  /** The calls so far: path and options. */
  readonly calls: readonly { readonly path: string; readonly options: CallOptions }[];
}

/** Joins a channel directly to services. */
export function createMemoryChannel(services: readonly Service[]): MemoryChannel {
  const calls: { path: string; options: CallOptions }[] = [];
  let isClosed = false;
  return {
    calls,
    get isClosed() {
      return isClosed;
    },
    async unary(path, request, options = {}) {
      calls.push({ path, options });
      const handler = services.map((service) => service.get(path)).find((found) => found !== undefined);
      if (isClosed) throw new RpcError("unavailable", "channel closed");
      if (handler?.kind !== "unary") throw new RpcError("unimplemented", `unknown method ${path}`);
      const { signal = new AbortController().signal, metadata = new Map() } = options;
      const aborted = new Promise<never>((_, reject) => {
        const abort = () => reject(new RpcError("cancelled", "call cancelled"));
        if (signal.aborted) abort();
        signal.addEventListener("abort", abort);
      });
      const answer = handler.handle(request, { metadata, signal }).catch((error) => {
        throw RpcError.from(error);
      });
      // Bytes of the kind that a socket gives, apart from the sender's.
      return Uint8Array.from(await Promise.race([answer, aborted]));
    },
    async *stream() {
      yield* [];
    },
    async connect() {},
    async close() {
      isClosed = true;
    },
  };
}
