import type { LaunchedBackend } from "./bridge/launched-backend.ts";
import type { Events } from "./logical/events.ts";
import type { Log } from "./logical/log.ts";
import type { Storage } from "./logical/storage.ts";
import type { SystemView } from "./logical/system-view.ts";

export type { HostCall, LaunchedBackend } from "./bridge/launched-backend.ts";
export { PluginGone } from "./bridge/plugin-gone.ts";
export { type Alias, type Auth, type TokenType, tokenTypes } from "./logical/auth.ts";
export type { Backend, BackendType, Call, Initialization } from "./logical/backend.ts";
export * from "./logical/errors.ts";
export type { Event, Events, HostCallOptions } from "./logical/events.ts";
export { type HeaderMap, headerValues } from "./logical/headers.ts";
export { type Data, parseJson, stringifyJson } from "./logical/json.ts";
export type { Lease } from "./logical/lease.ts";
export type { Log, LogFields, LogLevel } from "./logical/log.ts";
export {
  type Connection,
  type Operation,
  operations,
  type Request,
  type RequestWrapInfo,
  type RotationInfo,
  type TlsState,
} from "./logical/request.ts";
export type { Response, ResponseWrapInfo } from "./logical/response.ts";
export type { Secret } from "./logical/secret.ts";
export type { SpecialPaths } from "./logical/special-paths.ts";
export type { Page, Storage, StorageEntry, TransactionOptions } from "./logical/storage.ts";
export type {
  ClusterInfo,
  Entity,
  Group,
  IdentityToken,
  IdentityTokenRequest,
  PluginEnvironment,
  ReplicationState,
  RotationJob,
  RotationStatus,
  SystemView,
} from "./logical/system-view.ts";
export { PluginError, type PluginErrorCode } from "./rpc/plugin-error.ts";

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

/** What a mount of a launched plugin is given. */
export interface MountOptions {
  /** The mount's UUID; empty when the plugin is only asked for its type and version. */
  readonly uuid: string;
  /** The mount's options, and `plugin_name`, `plugin_type` and `plugin_version`. */
  readonly config: ReadonlyMap<string, string>;
  /** Read-only to the plugin until `initialize`. Without storage, calls of the plugin fail with a text that says so. */
  readonly storage?: Storage;
  readonly system?: SystemView;
  /** Without events, what the plugin sends is dropped. */
  readonly events?: Events;
  /** Gets what goes wrong in answering the plugin's calls. */
  readonly log: Log;
  readonly signal?: AbortSignal;
}

/** Starts a plugin as a host does. */
export function launch(options: LaunchOptions): Promise<LaunchedPlugin> {
  return Promise.reject(new Error(`cannot launch ${options.file} yet`));
}
