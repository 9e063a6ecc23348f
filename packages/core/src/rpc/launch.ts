import { X509Certificate } from "node:crypto";
import { HealthDefinition } from "../gen/grpc/health/v1/health.ts";
import { GRPCControllerDefinition } from "../gen/plugin/controller.ts";
import { GRPCStdioDefinition } from "../gen/plugin/stdio.ts";
import type { Handshake } from "./handshake.ts";
import { createHostBroker, type Offer } from "./host-broker.ts";
import type { LogLine } from "./log-line.ts";
import { connectSession } from "./multiplex/connect.ts";
import { createKnockedBroker } from "./multiplex/host-broker.ts";
import { type Exit, type PluginChild, startChild } from "./plugin-child.ts";
import { PluginError } from "./plugin-error.ts";
import { createSelfSigned, pemOf, type SelfSigned, serverName } from "./self-signed.ts";
import { clientOf } from "./service.ts";
import { makeSocketDirectory, type SocketDirectory } from "./socket-directory.ts";
import type { ServerTls } from "./tls.ts";
import { chooseTransport } from "./transport/choose.ts";
import type { Channel, Service, Transport } from "./transport/transport.ts";

/** How to start a plugin. */
export interface LaunchOptions {
  readonly file: string;
  readonly args?: readonly string[];
  /** Variables beside those of this process; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cookie: { readonly name: string; readonly value: string };
  /** Versions of the application protocol that the host accepts. */
  readonly versions: readonly number[];
  /** Whether both sides show certificates made for this process; so it is unless said otherwise. */
  readonly autoMtls?: boolean;
  /** Makes the host's certificate and reads the plugin's, with the runtime's own means unless given. */
  readonly certificates?: Certificates;
  /** Whether one connection carries everything; the plugin must know how. */
  readonly multiplexGrpc?: boolean;
  /** Called with each line that the plugin logs. */
  onLog?(line: LogLine): void;
  /** Called with how many milliseconds the process took to say where it listens. */
  onHandshake?(ms: number): void;
  /** Called with what the plugin would have written to its standard output. */
  onOutput?(data: Uint8Array): void;
  /** Gives the start up. */
  readonly signal?: AbortSignal;
  readonly startTimeoutMs?: number;
  readonly transport?: Transport;
}

/** What a host needs of certificates; each fails for what it does not understand. */
export interface Certificates {
  create(): Promise<SelfSigned>;
  read(der: Uint8Array): Promise<unknown>;
}

/** A plugin that runs. */
export interface PluginProcess {
  readonly pid: number;
  readonly protocolVersion: number;
  /** The connection to the plugin's services. */
  readonly channel: Channel;
  /** Serves on a listener of its own, and announces it to the plugin. */
  offer(services: readonly Service[]): Promise<Offer>;
  /** How the process ended; nothing of it is left then. */
  readonly exited: Promise<Exit>;
  /** Asks the plugin to end, and makes it after two seconds. */
  kill(): Promise<void>;
}

const defaultStartTimeoutMs = 60_000;
const gracefulMs = 2000;

/** Starts a plugin as go-plugin's hosts do, and connects to it. */
export async function launchPlugin(options: LaunchOptions): Promise<PluginProcess> {
  const transport = options.transport ?? (await chooseTransport());
  const { certificates = ownCertificates } = options;
  const identity = options.autoMtls === false ? undefined : await certificates.create();
  const starting = startSignal(options);
  const directory = makeSocketDirectory();
  let child: PluginChild | undefined;
  try {
    starting.throwIfAborted();
    const { file, args = [], versions, onLog } = options;
    const env = environmentFor(options, identity, directory);
    const started = performance.now();
    child = await startChild({ file, args, env, versions, ...(onLog && { onLog }) });
    const handshake = await orAborted(child.handshake, starting);
    options.onHandshake?.(performance.now() - started);
    return await connect({ child, handshake, identity, directory, transport, starting, options });
  } catch (error) {
    child?.end();
    await child?.exited;
    directory.remove();
    throw startFailure(options, starting.aborted ? abortReason(options) : error, child?.lastWords() ?? "");
  }
}

// A plugin's file contains this much of the host's half, for its doctor, and must not contain a library for it.
const ownCertificates: Certificates = {
  create: async () => createSelfSigned(),
  read: async (der) => new X509Certificate(der),
};

// A process that is a plugin itself has these from its own host.
const notInherited = {
  PLUGIN_CLIENT_CERT: undefined,
  PLUGIN_MULTIPLEX_GRPC: undefined,
  PLUGIN_UNIX_SOCKET_GROUP: undefined,
};

function environmentFor(
  { env, cookie, versions, multiplexGrpc }: LaunchOptions,
  identity: SelfSigned | undefined,
  directory: SocketDirectory,
): NodeJS.ProcessEnv {
  const variables: NodeJS.ProcessEnv = {
    ...process.env,
    ...notInherited,
    PLUGIN_UNIX_SOCKET_DIR: directory.path,
    ...env,
    [cookie.name]: cookie.value,
    PLUGIN_PROTOCOL_VERSIONS: versions.join(","),
    PLUGIN_MIN_PORT: "10000",
    PLUGIN_MAX_PORT: "25000",
    ...(identity && { PLUGIN_CLIENT_CERT: identity.certificate }),
    ...(multiplexGrpc && { PLUGIN_MULTIPLEX_GRPC: "true" }),
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}

interface Connecting {
  readonly child: PluginChild;
  readonly handshake: Handshake;
  readonly identity: SelfSigned | undefined;
  readonly directory: SocketDirectory;
  readonly transport: Transport;
  readonly starting: AbortSignal;
  readonly options: LaunchOptions;
}

async function connect({ child, handshake, identity, directory, ...rest }: Connecting): Promise<PluginProcess> {
  const { transport, starting, options } = rest;
  const tls = await tlsOf(identity, handshake.certificate, options.certificates);
  const { address } = handshake;
  const session = options.multiplexGrpc ? await connectSession(handshake, starting) : undefined;
  const connect = session && { connect: session.open };
  const channel = transport.dial({ address, ...(tls && { tls: { ...tls, serverName } }), ...connect });
  await check(channel, starting);

  const broker = session
    ? createKnockedBroker({ transport, channel, tls, session, address })
    : createHostBroker({ transport, channel, tls, socketDirectory: directory.path });
  followOutput(channel, options);

  async function close(): Promise<void> {
    await broker.close();
    await channel.close();
    session?.close();
  }
  const exited = child.exited.then(async (exit) => {
    // That it ended stays true when something of it could not be closed.
    await close().catch(() => {});
    directory.remove();
    return exit;
  });

  async function end(): Promise<void> {
    const force = setTimeout(child.end, gracefulMs);
    await broker.close().catch(() => {});
    // A plugin may end before its answer has left.
    await clientOf(GRPCControllerDefinition, channel)
      .shutdown({}, { timeoutMs: gracefulMs })
      .catch(() => {});
    await channel.close();
    await exited;
    clearTimeout(force);
  }

  let ending: Promise<void> | undefined;
  function kill(): Promise<void> {
    ending ??= end();
    return ending;
  }

  return { pid: child.pid, protocolVersion: handshake.version, channel, offer: broker.offer, exited, kill };
}

async function tlsOf(
  identity: SelfSigned | undefined,
  der: Uint8Array | undefined,
  certificates: Certificates = ownCertificates,
): Promise<ServerTls | undefined> {
  if (!identity) return undefined;
  if (!der) throw new PluginError("handshake-certificate", "the plugin sent no certificate, but TLS was asked for");
  try {
    await certificates.read(der);
  } catch (cause) {
    throw new PluginError("handshake-certificate", "what the plugin sent is no certificate", { cause });
  }
  return { identity, trusted: pemOf(der) };
}

/** Makes the first call. It fails at once where nobody listens, or where the certificates do not fit. */
async function check(channel: Channel, signal: AbortSignal): Promise<void> {
  try {
    await clientOf(HealthDefinition, channel).check({ service: "plugin" }, { signal });
  } catch (cause) {
    await channel.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PluginError("connect-failed", `cannot connect to it: ${reason}`, { cause });
  }
}

async function followOutput(channel: Channel, { onOutput }: LaunchOptions): Promise<void> {
  try {
    for await (const { data } of clientOf(GRPCStdioDefinition, channel).streamStdio({})) onOutput?.(data);
  } catch {
    // Plugins need not have this stream, and at the end of the process it breaks.
  }
}

function startSignal({ signal, startTimeoutMs = defaultStartTimeoutMs }: LaunchOptions): AbortSignal {
  const timeout = AbortSignal.timeout(startTimeoutMs);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}

function abortReason({ signal, startTimeoutMs = defaultStartTimeoutMs }: LaunchOptions): PluginError {
  if (!signal?.aborted) return new PluginError("start-timeout", `it did not start in ${startTimeoutMs} ms`);
  return new PluginError("start-cancelled", "the caller gave the start up", { cause: signal.reason });
}

/** Says of every failure which plugin it was, and what that said last. */
function startFailure({ file }: LaunchOptions, error: unknown, lastWords: string): unknown {
  if (!(error instanceof PluginError)) return error;
  const said = lastWords === "" ? "" : `; its last words: ${lastWords}`;
  return new PluginError(error.code, `cannot start plugin ${file}: ${error.message}${said}`, { cause: error.cause });
}

/** Waits for something, but no longer than until the signal aborts. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
