import { EventEmitter, on } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handshakeCertificate, hostCertificate, type KeyPair } from "../certificates.ts";
import { cookie, runToHandshake } from "../plugin-process.ts";
import { type ConnectClient, createConnectClient } from "./connect-node.ts";
import { type StorageServer, serveStorage } from "./connect-storage.ts";

/** A plugin under a host made of connect-node. */
export interface ConnectHost {
  readonly client: ConnectClient;
  readonly pid: number;
  /** The plugin's socket. */
  readonly socket: string;
  readonly identity: KeyPair;
  /** The plugin's certificate. */
  readonly ca: string;
  /** The id that the next announcement has. */
  nextOffer(): number;
  /**
   * Announces the storage, which serves one `Setup`, and gives the id that this must name. Another address than the
   * storage's can be announced instead.
   */
  offerStorage(at?: string): number;
  readonly storage: StorageServer;
  stop(): Promise<void>;
}

/** Starts a plugin and announces a storage to it. */
export async function startConnectHost(file: string): Promise<ConnectHost> {
  // Short, since the path of a socket may have some hundred characters only.
  const sockets = mkdtempSync(join(tmpdir(), "vw-"));
  const identity = await hostCertificate();
  const plugin = await runToHandshake(file, {
    ...cookie,
    PLUGIN_PROTOCOL_VERSIONS: "5",
    PLUGIN_CLIENT_CERT: identity.cert,
    PLUGIN_UNIX_SOCKET_DIR: sockets,
    VAULT_PLUGIN_AUTOMTLS_ENABLED: "true",
    VAULT_PLUGIN_METADATA_MODE: "false",
  });
  const [, , , socket = "", , certificate = ""] = plugin.handshake;
  const ca = handshakeCertificate(certificate);
  const client = createConnectClient({ socket, identity, ca });
  const address = join(sockets, "host");
  const storage = await serveStorage(address, identity, ca);
  const closed = new AbortController();
  const offers = new EventEmitter();
  const announced = announce(client, offers, closed.signal);
  // Beyond what tests announce by themselves.
  let lastId = 1_000_000;
  return {
    client,
    pid: plugin.pid,
    socket,
    identity,
    ca,
    storage,
    nextOffer: () => lastId + 1,
    offerStorage(at = address) {
      lastId += 1;
      offers.emit("offer", { serviceId: lastId, network: "unix", address: at });
      return lastId;
    },
    async stop() {
      closed.abort();
      await announced;
      storage.close();
      await plugin.kill();
      rmSync(sockets, { recursive: true, force: true });
    },
  };
}

async function announce(client: ConnectClient, offers: EventEmitter, signal: AbortSignal): Promise<void> {
  // Listens from now on; a generator's own body starts only when the stream asks for its first message.
  const waiting = on(offers, "offer", { signal });
  const messages = (async function* () {
    for await (const [offer] of waiting) yield offer;
  })();
  try {
    for await (const _ of client.stream("plugin.GRPCBroker", "StartStream", messages, signal));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
