import { randomInt } from "node:crypto";
import { PluginVersionDefinition } from "../gen/logical/version.ts";
import { BackendDefinition } from "../gen/pb/backend.ts";
import { LogicalError } from "../logical/errors.ts";
import type { Events } from "../logical/events.ts";
import type { Log } from "../logical/log.ts";
import type { SpecialPaths } from "../logical/special-paths.ts";
import type { Storage } from "../logical/storage.ts";
import type { HostKind, SystemView } from "../logical/system-view.ts";
import { type Client, clientOf } from "../rpc/service.ts";
import { RpcError } from "../rpc/status.ts";
import type { CallOptions, Channel, Metadata, Service } from "../rpc/transport/transport.ts";
import { backendTypeFromWire } from "../wire/backend-type.ts";
import { specialPathsFromWire } from "../wire/special-paths.ts";
import { createEventsService } from "./events-service.ts";
import { multiplexIdKey } from "./instance-id.ts";
import { createLaunchedBackend, type LaunchedBackend } from "./launched-backend.ts";
import type { ProcessLife } from "./process-life.ts";
import { createStorageService } from "./storage-service.ts";
import { createSystemService } from "./system-service.ts";

/** What a mount of a launched plugin is given. */
export interface MountOptions {
  /** The mount's UUID; empty when the plugin is only asked for its type and version. */
  readonly uuid: string;
  /** The mount's options, and `plugin_name`, `plugin_type` and `plugin_version`. */
  readonly config: ReadonlyMap<string, string>;
  /** Read-only to the plugin until `initialize`. Without storage, calls of the plugin fail with a text that says so. */
  readonly storage?: Storage;
  readonly system?: SystemView;
  /** Without events, what the plugin sends is dropped. OpenBao has none at all. */
  readonly events?: Events;
  /** Gets what goes wrong in answering the plugin's calls. */
  readonly log: Log;
  /** Gives the setup up. */
  readonly signal?: AbortSignal;
}

/** The process that a mount is set up in. */
export interface MountingProcess {
  readonly channel: Channel;
  readonly protocolVersion: number;
  readonly life: ProcessLife;
  /** Whose services the plugin finds, Vault's unless said otherwise. */
  readonly hostKind?: HostKind | undefined;
  offer(services: readonly Service[]): Promise<{ readonly id: number; close(): Promise<void> }>;
}

/** Sets a mount up as hosts do: own services for the plugin to call, then setup, type and special paths. */
export async function mountLaunched(process: MountingProcess, options: MountOptions): Promise<LaunchedBackend> {
  const { channel, life, hostKind = "vault" } = process;
  const { storage, system, log } = options;
  // Pages and transactions are OpenBao's, events are Vault's; who asks the other for them learns that they are missing.
  const hasTransactions = hostKind === "openbao";
  let isWritable = false;
  const ended = new AbortController();
  // A listener offered to a process that has ended would stay.
  await life.during(async () => {}, options.signal);
  const offer = await process.offer([
    createStorageService({ storage, hasTransactions, log, isWritable: () => isWritable, ended: ended.signal }),
    createSystemService({ system, log }),
    ...(hostKind === "vault" ? [createEventsService(options.events)] : []),
  ]);
  // A plugin that crashed ends no transaction, and nobody may call for a cleanup then.
  const callOff = life.onGone(() => ended.abort());
  async function close(): Promise<void> {
    callOff();
    ended.abort();
    await offer.close();
  }

  const client = clientOf(BackendDefinition, channel);
  const metadata = metadataOf(process.protocolVersion);
  const call = options.signal ? { metadata, signal: options.signal } : { metadata };
  try {
    const args = { brokerId: offer.id, config: new Map(options.config), backendUuid: options.uuid };
    const { err } = await life.during(() => client.setup(args, call), options.signal);
    if (err !== "") throw new LogicalError("unknown", err);
    const described = await life.during(() => describe(client, call), options.signal);
    return createLaunchedBackend({
      ...described,
      client,
      metadata,
      life,
      askVersion: (callOptions) => askVersion(channel, callOptions),
      allowWrites() {
        isWritable = true;
      },
      close,
    });
  } catch (error) {
    await close();
    throw error;
  }
}

/** A host names its mounts by ids of ten letters and digits. */
function metadataOf(protocolVersion: number): Metadata {
  if (protocolVersion < 5) return new Map();
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const id = Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join("");
  return new Map([[multiplexIdKey, [id]]]);
}

/** Asks what a mount is; when that fails the plugin is told to forget it. */
async function describe(client: Client<typeof BackendDefinition>, call: CallOptions) {
  try {
    const { type: number } = await client.type({}, call);
    const type = backendTypeFromWire(number);
    if (!type) throw new LogicalError("unknown", `plugin has the unknown type ${number}`);
    return { type, specialPaths: await specialPathsOf(client, call) };
  } catch (error) {
    await client.cleanup({}, call).catch(() => {});
    throw error;
  }
}

async function specialPathsOf(client: Client<typeof BackendDefinition>, call: CallOptions): Promise<SpecialPaths> {
  try {
    return specialPathsFromWire((await client.specialPaths({}, call)).paths);
  } catch (error) {
    // Hosts take any failure for "none".
    if (error instanceof RpcError) return {};
    throw error;
  }
}

async function askVersion(channel: Channel, call: CallOptions): Promise<string> {
  try {
    return (await clientOf(PluginVersionDefinition, channel).version({}, call)).pluginVersion;
  } catch (error) {
    if (error instanceof RpcError && error.status === "unimplemented") return "";
    throw error;
  }
}
