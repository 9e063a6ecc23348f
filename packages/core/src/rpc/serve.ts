import { writeSync } from "node:fs";
import { type Broker, createBroker } from "./broker.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createController } from "./controller.ts";
import { negotiateVersion, type PluginEnvironment, parseEnvironment } from "./environment.ts";
import { formatHandshake } from "./handshake.ts";
import { createLog, type Log } from "./hclog.ts";
import { health } from "./health.ts";
import { endWhenLost, endWithConnection, followSignals, removeAtExit } from "./lifetime.ts";
import { listen } from "./listen.ts";
import { createKnockingBroker } from "./multiplex/plugin-broker.ts";
import { createSharedConnection } from "./multiplex/shared-connection.ts";
import { endOnUncaught } from "./panic.ts";
import { watchParent } from "./parent-watch.ts";
import { PluginError } from "./plugin-error.ts";
import { createReflection, type LoadDescriptors } from "./reflection/reflection.ts";
import { writeStderr } from "./stderr.ts";
import { createStdio } from "./stdio.ts";
import { guardStdout } from "./stdout-guard.ts";
import { type TlsProvider, tlsMaterialFor } from "./tls-material.ts";
import { chooseTransport } from "./transport/choose.ts";
import type { Service, Transport } from "./transport/transport.ts";

/** What distinguishes one kind of plugin from others, and what it serves. */
export interface PluginDefinition {
  /** The variable by which a host shows that it is one. */
  readonly cookie: { readonly name: string; readonly value: string };
  /** Services for each version of the application protocol. */
  readonly versions: ReadonlyMap<number, (plugin: PluginContext) => readonly Service[]>;
  /** Prefixes of the host's own variables, the preferred one first, for instance `["BAO_", "VAULT_"]`. */
  readonly prefixes?: readonly string[];
  /** Where certificates come from in processes that have neither AutoMTLS nor metadata mode. */
  readonly tlsProvider?: TlsProvider;
  /** Descriptors of what it serves; with them it answers reflection. */
  readonly descriptors?: LoadDescriptors;
  /** Lines for somebody who starts the plugin by hand: how to register it. */
  readonly usage?: readonly string[];
}

/** What a plugin's services get to know of their process. */
export interface PluginContext {
  readonly broker: Broker;
  readonly log: Log;
  /** The version that was agreed on. */
  readonly version: number;
  readonly environment: PluginEnvironment;
  /** Removes the socket's file: connections go on, but no other is made. For hosts that kill without a word. */
  removeSocket(): void;
}

/** What tests and other transports exchange. */
export interface ServeOptions {
  readonly transport?: Transport;
  readonly clock?: Clock;
}

/**
 * Serves a plugin to the host that started this process.
 *
 * Resolves once the host has been told where to connect; the process then lives until the host ends it or is gone.
 */
export async function servePlugin(definition: PluginDefinition, options: ServeOptions = {}): Promise<void> {
  const { cookie, usage = [] } = definition;
  if (process.env[cookie.name] !== cookie.value) return refuse(usage);
  const log = createLog();
  endOnUncaught();
  try {
    await start(definition, options, log);
  } catch (error) {
    log.error("plugin init error", { error, ...(error instanceof PluginError && { code: error.code }) });
    process.exit(1);
  }
}

/** Somebody started the plugin by hand, or a host tries whether it is of another kind. */
function refuse(usage: readonly string[]): void {
  const lines = [
    "This binary is a plugin. These are not meant to be executed directly.",
    "Please execute the program that consumes these plugins, which will",
    "load any plugins automatically",
    ...usage,
  ];
  writeStderr(`${lines.join("\n")}\n`);
  process.exit(1);
}

async function start(definition: PluginDefinition, options: ServeOptions, log: Log): Promise<void> {
  // First of all, since a host that is gone already cannot be told from the one that its orphans are given to.
  watchParent(() => process.exit(0));
  const environment = parseEnvironment(process.env, definition.prefixes);
  for (const item of environment.invalidVersions) writeStderr(`server sent invalid plugin version "${item}"\n`);
  const version = negotiateVersion(definition.versions.keys(), environment.versions);

  const transport = options.transport ?? (await chooseTransport());
  const clock = options.clock ?? systemClock;
  const tls = await tlsMaterialFor(environment, definition.tlsProvider);

  const stdio = createStdio();
  const guard = guardStdout();
  guard.forwardTo(stdio.write);
  const shared = environment.multiplexing
    ? createSharedConnection({ transport, clock, onEnd: endWithConnection(log) })
    : undefined;
  const brokerOptions = { transport, tls: tls?.client, clock, ...endWhenLost(log, clock) };
  const broker = shared ? createKnockingBroker({ ...brokerOptions, shared }) : createBroker(brokerOptions);
  let removeSocket = () => {};
  const context = { broker, log, version, environment, removeSocket: () => removeSocket() };
  const own = definition.versions.get(version)?.(context) ?? [];
  const described = [...own, health, broker.service, stdio.service, createController(() => process.exit(0))];
  const { descriptors } = definition;
  const services = descriptors ? [...described, createReflection(described, descriptors)] : described;
  const { address } = await listen(environment, { transport: shared ?? transport, services, tls: tls?.server });
  removeSocket = removeAtExit(address);

  // Once a host has the line it may send signals.
  followSignals(log, removeSocket);

  const multiplexing = environment.announceMultiplexing ? true : undefined;
  writeSync(1, formatHandshake({ version, address, certificate: tls?.announced, multiplexing }));
  guard.seal();
  // Somebody's write to the stream after the host is gone must not end the process as an uncaught error.
  process.stderr.on("error", () => {});
}
