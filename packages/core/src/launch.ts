import type { LaunchedPlugin, LaunchOptions } from "./bridge/launched-process.ts";

export type { HostCall, LaunchedBackend } from "./bridge/launched-backend.ts";
export type { MountOptions } from "./bridge/launched-mount.ts";
export type { LaunchedPlugin, LaunchOptions } from "./bridge/launched-process.ts";
export { PluginGone } from "./bridge/plugin-gone.ts";
export { type Registration, registrationLines } from "./doctor/registration.ts";
export { type Alias, type Auth, type TokenType, tokenTypes } from "./logical/auth.ts";
export type { Backend, BackendType, Call, Initialization } from "./logical/backend.ts";
export * from "./logical/errors.ts";
export type { Event, Events, HostCallOptions } from "./logical/events.ts";
export { type HeaderMap, headerValues } from "./logical/headers.ts";
export { type Data, parseJson, stringifyJson } from "./logical/json.ts";
export type { Lease } from "./logical/lease.ts";
export { type CalculatedTtl, type LeaseTtls, lifetimeWithin, type TtlWishes } from "./logical/lifetime.ts";
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
  Host,
  HostKind,
  IdentityToken,
  IdentityTokenRequest,
  PluginEnvironment,
  ReplicationState,
  RotationJob,
  RotationStatus,
  SystemView,
} from "./logical/system-view.ts";
export { PluginError, type PluginErrorCode } from "./rpc/plugin-error.ts";

/** Starts a plugin as a host does. */
export async function launch(options: LaunchOptions): Promise<LaunchedPlugin> {
  // What talks to plugins takes a tenth of a second to load, which a host need not spend before it starts one.
  const { launchProcess } = await import("./bridge/launched-process.ts");
  return launchProcess(options);
}
