import { type ConnInfo, GRPCBrokerDefinition } from "../gen/plugin/broker.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createQueue } from "./queue.ts";
import { implement } from "./service.ts";
import { RpcError } from "./status.ts";
import type { ClientTls } from "./tls.ts";
import type { Address, Channel, Service, Transport } from "./transport/transport.ts";

/** Opens further connections to the host, which announces where it listens by number. */
export interface Broker {
  /** Makes a channel to the listener with this number; waits at most five seconds for its announcement. */
  dial(id: number, options?: { readonly signal?: AbortSignal }): Promise<Channel>;
}

/** The plugin's half of the broker: the service that the host opens a stream on, and what comes of it. */
export interface PluginBroker extends Broker {
  readonly service: Service;
}

export interface BrokerOptions {
  readonly transport: Transport;
  readonly tls: ClientTls | undefined;
  readonly clock?: Clock;
  /** Called when the host has opened its stream. */
  onOpen?(): void;
  /** Called when that stream has ended; no further connection can then be announced. */
  onLost?(): void;
}

const waitMs = 5000;

/** Makes the plugin's half of the broker. */
export function createBroker({ transport, tls, clock = systemClock, onOpen, onLost }: BrokerOptions): PluginBroker {
  const announced = new Map<number, { readonly info: ConnInfo; forget(): void }>();
  const waiting = new Map<number, (info: ConnInfo) => void>();

  function announce(info: ConnInfo): void {
    const waiter = waiting.get(info.serviceId);
    if (waiter) {
      waiter(info);
      return;
    }
    // A number has one place; what comes while it is taken is dropped (grpc_broker.go, Run).
    if (announced.has(info.serviceId)) return;
    const callOff = clock.after(waitMs, () => announced.delete(info.serviceId));
    announced.set(info.serviceId, {
      info,
      forget() {
        callOff();
        announced.delete(info.serviceId);
      },
    });
  }

  function announcementOf(id: number, signal: AbortSignal | undefined): Promise<ConnInfo> {
    const found = announced.get(id);
    if (found) {
      found.forget();
      return Promise.resolve(found.info);
    }
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new RpcError("cancelled", "call cancelled", { cause: signal.reason }));
      const take = (info: ConnInfo) => {
        settle();
        resolve(info);
      };
      const settle = () => {
        callOff();
        // Another may have begun to wait for the same number, and then has its place.
        if (waiting.get(id) === take) waiting.delete(id);
        signal?.removeEventListener("abort", abort);
      };
      const abort = () => {
        settle();
        reject(new RpcError("cancelled", "call cancelled", { cause: signal?.reason }));
      };
      const callOff = clock.after(waitMs, () => {
        settle();
        reject(new RpcError("unknown", "timeout waiting for connection info"));
      });
      waiting.set(id, take);
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  async function receive(announcements: AsyncIterable<ConnInfo>): Promise<void> {
    try {
      for await (const info of announcements) announce(info);
    } catch {
      // The stream broke, which `onLost` answers like its orderly end.
    }
  }

  return {
    service: implement(GRPCBrokerDefinition, {
      startStream(announcements) {
        // Without a common socket the plugin has nothing to say on this stream.
        const answers = createQueue<ConnInfo>();
        onOpen?.();
        receive(announcements).finally(() => {
          answers.end();
          onLost?.();
        });
        return answers;
      },
    }),
    async dial(id, { signal } = {}) {
      const address = addressOf(await announcementOf(id, signal));
      const channel = transport.dial({ address, ...(tls && { tls }) });
      // Go's dial returns before the connection stands; having it begin here spares the first call the wait.
      channel.connect().catch(() => {});
      return channel;
    },
  };
}

function addressOf({ network, address }: ConnInfo): Address {
  if (network !== "unix" && network !== "tcp") throw new RpcError("unknown", `unknown network: ${network}`);
  return { network, address };
}
