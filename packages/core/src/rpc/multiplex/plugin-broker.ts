import type { Duplex } from "node:stream";
import { type ConnInfo, GRPCBrokerDefinition } from "../../gen/plugin/broker.ts";
import type { BrokerOptions, PluginBroker } from "../broker.ts";
import { systemClock } from "../clock.ts";
import { createQueue, type Queue } from "../queue.ts";
import { implement } from "../service.ts";
import { RpcError } from "../status.ts";
import { createKnocker, knockFor } from "./knocks.ts";
import { createLock } from "./lock.ts";
import { connectWithPatience } from "./patience.ts";
import type { SharedConnection } from "./shared-connection.ts";

export interface KnockingBrokerOptions extends BrokerOptions {
  readonly shared: SharedConnection;
}

/** Makes the plugin's half of the broker for a host that has one connection for everything. */
export function createKnockingBroker(options: KnockingBrokerOptions): PluginBroker {
  const { transport, tls, shared, clock = systemClock, onOpen, onLost } = options;
  const inTurn = createLock();
  let toHost: Queue<ConnInfo> | undefined;
  const knocker = createKnocker({ clock, send, onUnused: useUp });

  function send(info: ConnInfo): void {
    if (!toHost) throw new RpcError("unavailable", "the host has not opened the broker's stream");
    toHost.push(info);
  }

  /** The host would give the next stream, which is for another of its listeners, to the one that was knocked for. */
  function useUp(): void {
    shared.open().then(
      (stream) => stream.destroy(),
      () => {},
    );
  }

  function receive(info: ConnInfo): void {
    // Nobody listens on this side; the host is told so.
    if (info.knock?.knock && !info.knock.ack) {
      send(knockFor(info.serviceId, { ack: true, error: `no listener for id ${info.serviceId}` }));
      return;
    }
    knocker.answered(info);
  }

  async function receiveAll(messages: AsyncIterable<ConnInfo>): Promise<void> {
    try {
      for await (const info of messages) receive(info);
    } catch {
      // The stream broke, which `onLost` answers like its orderly end.
    }
  }

  /** Between a knock and its stream no other may be opened: the host tells streams apart by their order only. */
  function open(id: number): Promise<Duplex> {
    return inTurn(async () => {
      await knocker.knock(id);
      return shared.open();
    });
  }

  return {
    service: implement(GRPCBrokerDefinition, {
      startStream(messages) {
        const answers = createQueue<ConnInfo>();
        toHost = answers;
        onOpen?.();
        receiveAll(messages).finally(() => {
          if (toHost === answers) toHost = undefined;
          answers.end();
          onLost?.();
        });
        return answers;
      },
    }),
    async dial(id) {
      const connect = () => connectWithPatience(() => open(id), clock);
      const channel = transport.dial({ address: shared.address, connect, ...(tls && { tls }) });
      channel.connect().catch(() => {});
      return channel;
    },
  };
}
