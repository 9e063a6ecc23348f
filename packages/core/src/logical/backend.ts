import type { Events } from "./events.ts";
import type { Log } from "./log.ts";
import type { Request } from "./request.ts";
import type { Response } from "./response.ts";
import type { SpecialPaths } from "./special-paths.ts";
import type { Storage } from "./storage.ts";
import type { SystemView } from "./system-view.ts";

/** Where a backend can be mounted: `secret` under secrets mounts, `auth` under `auth/`. */
export type BackendType = "secret" | "auth";

/** What a backend may use while it answers one call; all of it belongs to the mount that the call came in for. */
export interface Call {
  readonly storage: Storage;
  readonly system: SystemView;
  readonly events: Events;
  readonly log: Log;
  /** Aborts when the host cancels the call; storage and system calls of this call abort with it. */
  readonly signal: AbortSignal;
}

/** What the host says of the mount when it initializes it. Only newest Vault fills it in. */
export interface Initialization {
  readonly mountPoint?: string;
  readonly mountType?: string;
  readonly mountAccessor?: string;
  readonly backendUuid?: string;
  readonly mountRunningVersion?: string;
}

/**
 * A secrets engine or an auth method, as the host sees it.
 *
 * A backend keeps nothing of a mount: one value may serve several mounts at once, each call names its own. State that
 * belongs to a mount lives in the closure of the {@link Factory}.
 */
export interface Backend {
  readonly type: BackendType;
  readonly specialPaths?: SpecialPaths;
  /** Runs once the mount's storage is writable; what it throws is told to whoever mounts, but Vault keeps the mount. */
  initialize?(initialization: Initialization, call: Call): Promise<void>;
  /** Answers a request; nothing means 204, or 404 for a read or a list. Failures are thrown as `LogicalError`. */
  handleRequest(request: Request, call: Call): Promise<Response | undefined>;
  /** Says whether what a write addresses exists, so that the host can tell create from update; undefined: not checked. */
  checkExistence(request: Request, call: Call): Promise<boolean | undefined>;
  /** Drops what is cached of a storage key that another node changed. */
  invalidate?(key: string, call: Call): Promise<void>;
  /** Runs before the mount is disabled, reloaded or sealed. */
  cleanup?(call: Call): Promise<void>;
}

/** What a factory learns of the mount that it makes a backend for. */
export interface Mount {
  /** The mount's UUID; empty while the host only probes a plugin for its type and version. */
  readonly uuid: string;
  /** The mount's options, and the host's `plugin_name`, `plugin_type` and `plugin_version`. */
  readonly options: ReadonlyMap<string, string>;
  /** For work that goes on when the call that began it has ended. It is not there yet when the factory runs. */
  readonly storage: Storage;
  readonly system: SystemView;
  readonly events: Events;
  readonly log: Log;
}

/** Makes the backend of one mount; what it throws is the host's answer to the attempt to mount. */
export type Factory = (mount: Mount) => Backend | Promise<Backend>;
