import { RpcError } from "../status.ts";
import type { Channel, Service } from "./transport.ts";

/** Joins a channel directly to services in the same process. */
export function createMemoryChannel(services: readonly Service[]): Channel {
  let isClosed = false;
  return {
    async unary(path, request, { signal = new AbortController().signal, metadata = new Map() } = {}) {
      const handler = services.map((service) => service.get(path)).find((found) => found !== undefined);
      if (isClosed) throw new RpcError("unavailable", "channel closed");
      if (handler?.kind !== "unary") throw new RpcError("unimplemented", `unknown method ${path}`);
      const answer = handler.handle(request, { metadata, signal }).catch((error) => {
        throw RpcError.from(error);
      });
      // Bytes of the kind that a socket gives, apart from the sender's.
      return Uint8Array.from(await untilAborted(answer, signal));
    },
    stream() {
      throw new RpcError("unimplemented", "a channel in memory has no streams");
    },
    async connect() {},
    async close() {
      isClosed = true;
    },
  };
}

function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new RpcError("cancelled", "call cancelled"));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
