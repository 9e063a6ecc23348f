import type { Log } from "../logical/log.ts";
import type { HostKind } from "../logical/system-view.ts";
import { type Certificates, launchPlugin, type PluginProcess } from "../rpc/launch.ts";
import { pluginCookie } from "./cookie.ts";
import { hostVariables } from "./host-variables.ts";
import type { LaunchedBackend } from "./launched-backend.ts";
import { type MountOptions, mountLaunched } from "./launched-mount.ts";
import { supportsMultiplexing } from "./multiplexing-service.ts";
import { createProcessLife, type ProcessLife } from "./process-life.ts";

/** How to start a plugin, and as which host. */
export interface LaunchOptions {
  readonly file: string;
  readonly args?: readonly string[];
  /** Variables beside those of this process; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets what the plugin logs, at the plugin's own levels. */
  readonly log: Log;
  /** The version that the plugin is told the host has. */
  readonly hostVersion: string;
  /** The product that the plugin is told it is started by, and whose services it finds; Vault unless said otherwise. */
  readonly hostKind?: HostKind;
  /** Versions of the plugin protocol to offer, 5 unless said otherwise. */
  readonly versions?: readonly number[];
  /** Whether one process may serve several mounts, where the plugin can; so it is unless said otherwise. */
  readonly multiplex?: boolean;
  /** Starts a process that only describes itself, in plain text, as hosts do before protocol version 5. */
  readonly metadataMode?: boolean;
  /** Gives the start up. */
  readonly signal?: AbortSignal;
}

/** A plugin that runs and serves mounts. */
export interface LaunchedPlugin {
  readonly pid: number;
  readonly protocolVersion: number;
  /** Whether further mounts may join this process; otherwise it serves one. */
  readonly isMultiplexed: boolean;
  /** How the process ended. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** Sets a mount up; throws with the plugin's text when its factory fails. */
  mount(options: MountOptions): Promise<LaunchedBackend>;
  /** Asks the process to end, and makes it after two seconds. */
  kill(): Promise<void>;
}

/** Starts a plugin as a host does, in a process that other mounts may join. */
export async function launchProcess(options: LaunchOptions): Promise<LaunchedPlugin> {
  const { file, args = [], versions = [5], metadataMode = false, signal } = options;
  const process = await launchPlugin({
    file,
    args,
    env: { ...hostVariables(options), ...options.env },
    cookie: pluginCookie,
    versions,
    autoMtls: !metadataMode,
    certificates,
    onLog: ({ level, message, module, fields }) =>
      options.log[level](message, module === undefined ? fields : { module, ...fields }),
    ...(signal && { signal }),
  });
  const { pid, protocolVersion, exited } = process;
  const life = createProcessLife(exited);
  const isMultiplexed = options.multiplex !== false && (await canShare(process, life, signal));
  let isTaken = false;

  return {
    pid,
    protocolVersion,
    isMultiplexed,
    exited,
    async mount(mountOptions) {
      if (isTaken && !isMultiplexed)
        throw new Error("the process of the plugin has a mount already, and serves one only");
      isTaken = true;
      return mountLaunched({ ...process, life, hostKind: options.hostKind }, mountOptions);
    },
    kill: process.kill,
  };
}

/** Loading the library takes a tenth of a second, which whoever imports this file for its types need not spend. */
const certificates: Certificates = {
  create: async () => (await import("../rpc/certificate.ts")).createHostCertificate(),
  read: async (der) => (await import("../rpc/certificate.ts")).readCertificate(der),
};

/** A plugin that does not answer the first question in this time is taken for dead. */
const answerMs = 60_000;

async function canShare(
  { protocolVersion, channel, kill }: PluginProcess,
  life: ProcessLife,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (protocolVersion < 5) return false;
  const call = { timeoutMs: answerMs, ...(signal && { signal }) };
  try {
    return await life.during(() => supportsMultiplexing(channel, call), signal);
  } catch (error) {
    // Hosts give a process up that cannot even answer this.
    await kill();
    throw error;
  }
}
