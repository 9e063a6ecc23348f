import type { Auth } from "../logical/auth.ts";
import type { Backend, Call } from "../logical/backend.ts";
import type { Data } from "../logical/json.ts";
import type { Operation, Request } from "../logical/request.ts";
import type { LoginResponse, Response } from "../logical/response.ts";
import type { Storage } from "../logical/storage.ts";
import type { HostKind, SystemView } from "../logical/system-view.ts";
import type { IssuedLease } from "./lease-book.ts";
import type { MemoryStorage } from "./memory-storage.ts";
import type { RecordedEvents } from "./recorded-events.ts";
import type { LogLine } from "./recorded-log.ts";
import type { RecordedRequest } from "./recorded-requests.ts";
import type { TestClock } from "./test-clock.ts";
import type { SystemSettings, TestSystem } from "./test-system.ts";

/** How a mount in a test is set up. */
export interface HarnessOptions<S extends Storage = MemoryStorage> {
  /** Options of the mount. */
  readonly options?: Readonly<Record<string, string>>;
  /** Where the mount is; by default `test/`, or `auth/test/` for an auth method. */
  readonly mountPoint?: string;
  /** The product that the mount finds: storage, system view and events behave as there. By default Vault. */
  readonly host?: HostKind;
  /** The host's storage. One of another product than `host` behaves as `host` lets it. */
  readonly storage?: S;
  readonly system?: Partial<SystemSettings>;
  /** Answers of the system view in place of its own, for calls that only some hosts know or that must fail. */
  readonly answers?: Partial<Omit<SystemView, "host">>;
  /** Members of each request that does not set them itself, for instance the entity of the caller's token. */
  readonly caller?: RequestDetails;
  /** Needed to let time pass by `advance`. */
  readonly clock?: TestClock;
  /** Whether answers are held against what their operations say to return; by default they are. */
  readonly checksAnswers?: boolean;
}

/** Members of a request that a test wants to set itself. */
export type RequestDetails = Partial<Omit<Request, "operation" | "path" | "data">> & { readonly signal?: AbortSignal };

/** An answer that logs the caller in. */
export type Login = LoginResponse & { readonly auth: Auth };

/** What the host adds to a renewal or revocation. */
export interface LeaseDetails extends RequestDetails {
  /** The path that made the lease; by default the one that did. */
  readonly path?: string;
  readonly increment?: number;
  /** By default when the lease was made. */
  readonly issueTime?: Date;
}

/**
 * A mount of a plugin without a host. What the plugin throws is thrown, as the host sees it; its cause says which request
 * failed and what was thrown.
 */
export interface Harness<S extends Storage = MemoryStorage> {
  readonly backend: Backend;
  /** The host's storage, to prepare and to look into; its use by the test is not recorded. */
  readonly storage: S;
  readonly system: TestSystem;
  readonly logs: readonly LogLine[];
  readonly events: RecordedEvents;
  /** What was asked of the mount, the last thousand times, each with the calls of storage that it made. */
  readonly requests: readonly RecordedRequest[];
  /** The leases that have not ended, the first to end first. */
  leases(): readonly IssuedLease[];
  /** What a backend may use in a call, for a test that calls the backend itself. */
  call(signal?: AbortSignal): Call;
  /** Sends any request. */
  request(operation: Operation, path: string, data?: Data, details?: RequestDetails): Promise<Response | undefined>;
  read(path: string, query?: Data, details?: RequestDetails): Promise<Response | undefined>;
  /** Writes as a host does: asks whether the thing exists, and sends a create or an update. */
  write(path: string, data?: Data, details?: RequestDetails): Promise<Response | undefined>;
  /** Asks whether what a write addresses exists; undefined where the path has no check. */
  exists(path: string, data?: Data, details?: RequestDetails): Promise<boolean | undefined>;
  patch(path: string, data?: Data, details?: RequestDetails): Promise<Response | undefined>;
  delete(path: string, query?: Data, details?: RequestDetails): Promise<Response | undefined>;
  /** Lists; the trailing slash that hosts put there is added. */
  list(path: string, query?: Data, details?: RequestDetails): Promise<Response | undefined>;
  /** The text of the help for a path. */
  help(path: string): Promise<string>;
  /** Logs in without a token; an answer that is no login is an error. */
  login(path: string, data?: Data, details?: RequestDetails): Promise<Login>;
  /** Renews what a response handed out. */
  renew(lease: Response, details?: LeaseDetails): Promise<Response | undefined>;
  revoke(lease: Response, details?: LeaseDetails): Promise<void>;
  /** Lets the plugin do its periodic work and undo what was left half done, the newest too if it is `immediate`. */
  rollback(options?: { readonly immediate?: boolean }): Promise<void>;
  /** Lets time pass as a host does: each minute a rollback, and leases that run out are revoked. */
  advance(seconds: number): Promise<void>;
  /** Makes the backend drop what it cached of a storage key. */
  invalidate(key: string): Promise<void>;
  /** Ends the mount as a host does that seals or reloads it, and waits for its events. */
  close(): Promise<void>;
  /** Ends the mount for good as a host does: a last rollback, all leases revoked, the mount closed, the storage cleared. */
  disable(): Promise<void>;
}
