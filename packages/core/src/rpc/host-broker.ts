import { type ConnInfo, GRPCBrokerDefinition } from "../gen/plugin/broker.ts";
import { listenOnPort, listenOnSocket } from "./listen.ts";
import { createQueue } from "./queue.ts";
import { clientOf } from "./service.ts";
import { RpcError } from "./status.ts";
import type { ServerTls } from "./tls.ts";
import type { Channel, Server, Service, Transport } from "./transport/transport.ts";

/** A listener that the plugin was told of. */
export interface Offer {
  /** The number by which the plugin dials it. */
  readonly id: number;
  close(): Promise<void>;
}

/** The host's half of the broker. */
export interface HostBroker {
  /** Serves on a listener of its own, and announces it to the plugin. */
  offer(services: readonly Service[]): Promise<Offer>;
  /** Ends the stream of announcements and all listeners. */
  close(): Promise<void>;
}

/** Opens the stream of announcements. */
export function createHostBroker(options: {
  readonly transport: Transport;
  readonly channel: Channel;
  readonly tls: ServerTls | undefined;
  /** Where listeners make their sockets. */
  readonly socketDirectory: string | undefined;
}): HostBroker {
  const { transport, channel, tls, socketDirectory } = options;
  const announcements = createQueue<ConnInfo>();
  const servers = new Set<Server>();
  const closing = new AbortController();
  let lastId = 0;

  const { startStream } = clientOf(GRPCBrokerDefinition, channel);
  drain(startStream(announcements, { signal: closing.signal }));

  function listen(services: readonly Service[]): Promise<Server> {
    const listening = { transport, services, tls };
    if (process.platform === "win32") return listenOnPort({ minPort: "", maxPort: "" }, listening);
    return listenOnSocket({ socketDirectory, socketGroup: undefined }, listening);
  }

  function requireOpen(): void {
    if (closing.signal.aborted) throw new RpcError("unavailable", "the plugin is ending");
  }

  return {
    async offer(services) {
      requireOpen();
      const server = await listen(services);
      if (closing.signal.aborted) await server.close();
      requireOpen();
      servers.add(server);
      lastId += 1;
      announcements.push({ serviceId: lastId, ...server.address, knock: undefined });
      return {
        id: lastId,
        async close() {
          servers.delete(server);
          await server.close();
        },
      };
    },
    async close() {
      announcements.end();
      closing.abort();
      await Promise.all([...servers].map((server) => server.close()));
      servers.clear();
    },
  };
}

/** Reads a stream whose messages mean nothing here, so that it stays open. */
export async function drain(messages: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _ of messages);
  } catch {
    // The end of the process or of its connection is seen elsewhere.
  }
}
