import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConnInfo, GRPCBrokerDefinition } from "../../packages/core/src/gen/plugin/broker.ts";
import { createQueue } from "../../packages/core/src/rpc/queue.ts";
import { clientOf } from "../../packages/core/src/rpc/service.ts";
import { grpcJs } from "../../packages/core/src/rpc/transport/grpc-js/grpc-js.ts";
import type { Channel } from "../../packages/core/src/rpc/transport/transport.ts";
import type { Frame } from "../../packages/core/src/rpc/yamux/frame.ts";
import { createFrameReader } from "../../packages/core/src/rpc/yamux/frame-reader.ts";
import { createSession, type Session } from "../../packages/core/src/rpc/yamux/session.ts";
import { handshakeCertificate, hostCertificate } from "../certificates.ts";
import { cookie, runToHandshake, type Serving } from "../plugin-process.ts";

/** A host with one connection for everything that answers knocks only as its test says. */
export interface OneConnectionHost {
  readonly plugin: Serving;
  readonly session: Session;
  /** The main connection: a stream of the session, with TLS in it. */
  readonly channel: Channel;
  /** Makes another connection to the main server in the session. */
  connect(): Channel;
  /** What the plugin has sent on the one connection. */
  readonly frames: readonly Frame[];
  /** What the plugin has said on the broker's stream. */
  readonly said: readonly ConnInfo[];
  say(serviceId: number, knock: { readonly ack: boolean; readonly error: string }): void;
  stop(): Promise<void>;
}

/** Starts a plugin and connects to it once. */
export async function startOneConnectionHost(file: string): Promise<OneConnectionHost> {
  const host = await hostCertificate();
  const directory = mkdtempSync(join(tmpdir(), "vw-"));
  const plugin = await runToHandshake(file, {
    ...cookie,
    PLUGIN_UNIX_SOCKET_DIR: directory,
    PLUGIN_PROTOCOL_VERSIONS: "5",
    PLUGIN_CLIENT_CERT: host.cert,
    PLUGIN_MULTIPLEX_GRPC: "true",
    VAULT_PLUGIN_AUTOMTLS_ENABLED: "true",
    VAULT_PLUGIN_METADATA_MODE: "false",
  });
  const [, , , path = "", , certificate = ""] = plugin.handshake;
  const connection = createConnection({ path });
  await once(connection, "connect");
  const frames: Frame[] = [];
  connection.on("data", createFrameReader({ onFrame: (frame) => frames.push(frame), onPayload() {} }));
  const session = createSession(connection, { role: "client" });
  const identity = { certificate: host.cert, key: host.key };
  const tls = { identity, trusted: handshakeCertificate(certificate), serverName: "localhost" };
  const connect = (): Channel =>
    grpcJs.dial({ address: { network: "unix", address: path }, tls, connect: session.open });
  const channel = connect();

  const said: ConnInfo[] = [];
  const answers = createQueue<ConnInfo>();
  const listen = async () => {
    for await (const info of clientOf(GRPCBrokerDefinition, channel).startStream(answers)) said.push(info);
  };
  listen().catch(() => {});

  return {
    plugin,
    session,
    channel,
    connect,
    frames,
    said,
    say: (serviceId, knock) => answers.push({ serviceId, network: "", address: "", knock: { knock: true, ...knock } }),
    async stop() {
      await channel.close();
      session.close();
      await plugin.kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
