import { createMemoryChannel as createChannel } from "../../src/rpc/transport/memory-channel.ts";
import type { CallOptions, Channel, Service } from "../../src/rpc/transport/transport.ts";

/** A channel that calls services in the same process, and tells what was called. */
export interface MemoryChannel extends Channel {
  readonly isClosed: boolean;
  /** The calls so far: path and options. */
  readonly calls: readonly { readonly path: string; readonly options: CallOptions }[];
}

/** Joins a channel directly to services. */
export function createMemoryChannel(services: readonly Service[]): MemoryChannel {
  const channel = createChannel(services);
  const calls: { path: string; options: CallOptions }[] = [];
  let isClosed = false;
  return {
    ...channel,
    calls,
    get isClosed() {
      return isClosed;
    },
    async unary(path, request, options = {}) {
      calls.push({ path, options });
      return channel.unary(path, request, options);
    },
    async close() {
      isClosed = true;
      await channel.close();
    },
  };
}
