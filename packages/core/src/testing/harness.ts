import { randomUUID } from "node:crypto";
import type { Auth } from "../logical/auth.ts";
import type { Backend, Call, Factory } from "../logical/backend.ts";
import type { Data } from "../logical/json.ts";
import type { Operation, Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import type { Storage } from "../logical/storage.ts";
import { createMemoryStorage, type MemoryStorage } from "./memory-storage.ts";
import { createRecordedEvents, type RecordedEvents } from "./recorded-events.ts";
import { createRecordedLog, type LogLine } from "./recorded-log.ts";
import { createTestSystem, type SystemSettings, type TestSystem } from "./test-system.ts";
import { throughWire } from "./through-wire.ts";

/** How a mount in a test is set up. */
export interface HarnessOptions<S extends Storage = MemoryStorage> {
  /** Options of the mount. */
  readonly options?: Readonly<Record<string, string>>;
  /** Where the mount is; by default `test/`, or `auth/test/` for an auth method. */
  readonly mountPoint?: string;
  readonly storage?: S;
  readonly system?: Partial<SystemSettings>;
}

/** Members of a request that a test wants to set itself. */
export type RequestDetails = Partial<Omit<Request, "operation" | "path" | "data">> & { readonly signal?: AbortSignal };

/** An answer that logs the caller in. */
export type Login = Response & { readonly auth: Auth };

/** What the host adds to a renewal or revocation. */
export interface LeaseDetails extends RequestDetails {
  /** The path that made the lease. */
  readonly path?: string;
  readonly increment?: number;
  readonly issueTime?: Date;
}

/** A mount of a plugin without a host. What the plugin throws is thrown. */
export interface Harness<S extends Storage = MemoryStorage> {
  readonly backend: Backend;
  readonly storage: S;
  readonly system: TestSystem;
  readonly logs: readonly LogLine[];
  readonly events: RecordedEvents;
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
  /** Makes the backend drop what it cached of a storage key. */
  invalidate(key: string): Promise<void>;
  /** Ends the mount as a host does before it disables it. */
  close(): Promise<void>;
}

/** Mounts a plugin in memory, as a host would, and initializes it. Every value goes through the messages of the wire. */
export async function harness(factory: Factory, options?: HarnessOptions): Promise<Harness>;
export async function harness<S extends Storage>(
  factory: Factory,
  options: HarnessOptions<S> & { readonly storage: S },
): Promise<Harness<S>>;
export async function harness(factory: Factory, options: HarnessOptions<Storage> = {}): Promise<Harness<Storage>> {
  const lines: LogLine[] = [];
  const log = createRecordedLog(lines);
  const events = createRecordedEvents();
  const system = createTestSystem(options.system);
  const storage = options.storage ?? createMemoryStorage();
  const mountOptions = new Map(Object.entries(options.options ?? {}));
  const uuid = randomUUID();
  const backend = throughWire(await factory({ uuid, options: mountOptions, system, events, log }));
  const mountPoint = options.mountPoint ?? (backend.type === "auth" ? "auth/test/" : "test/");
  const callWith = (signal?: AbortSignal): Call => ({
    ...{ storage, system, events, log },
    signal: signal ?? new AbortController().signal,
  });
  const send: Harness["request"] = (operation, path, data, details = {}) => {
    const [request, call] = prepare(operation, path, data, details);
    return backend.handleRequest(request, call);
  };
  const prepare = (operation: Operation, path: string, data: Data | undefined, details: RequestDetails) => {
    const { signal, ...rest } = details;
    const connection = { remoteAddr: "127.0.0.1" };
    const request = { id: randomUUID(), operation, path, mountPoint, connection, ...(data ? { data } : {}), ...rest };
    return [request, callWith(signal)] as const;
  };
  await backend.initialize?.({ mountPoint, backendUuid: uuid }, callWith());

  return {
    ...{ backend, storage, system, events, logs: lines },
    call: callWith,
    request: send,
    read: (path, query, details) => send("read", path, query, details),
    async write(path, data, details = {}) {
      const exists = await backend.checkExistence(...prepare("update", path, data, details));
      return send(exists === false ? "create" : "update", path, data, details);
    },
    exists: async (path, data, details = {}) => backend.checkExistence(...prepare("update", path, data, details)),
    patch: (path, data, details) => send("patch", path, data, details),
    delete: (path, query, details) => send("delete", path, query, details),
    list: (path, query, details) => send("list", path.replace(/\/?$/, path === "" ? "" : "/"), query, details),
    async help(path) {
      return String((await send("help", path))?.data?.["help"]);
    },
    async login(path, data, details) {
      const response = await send("update", path, data, { unauthenticated: true, ...details });
      if (!response?.auth) throw new Error(`the answer of "${path}" is no login`);
      return { ...response, auth: response.auth };
    },
    renew: (lease, details) => send(...leaseRequest("renew", lease, details)),
    async revoke(lease, details) {
      await send(...leaseRequest("revoke", lease, details));
    },
    invalidate: async (key) => backend.invalidate?.(key, callWith()),
    close: async () => backend.cleanup?.(callWith()),
  };
}

function leaseRequest(
  operation: "renew" | "revoke",
  { auth, secret }: Response,
  { path = "", increment = 0, issueTime = new Date(), ...details }: LeaseDetails = {},
): Parameters<Harness["request"]> {
  const now = { increment, issueTime };
  return [
    operation,
    path,
    undefined,
    {
      ...(auth ? { auth: { ...auth, ...now } } : {}),
      ...(secret ? { secret: { ...secret, ...now } } : {}),
      ...details,
    },
  ];
}
