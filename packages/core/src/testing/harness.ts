import { randomUUID } from "node:crypto";
import type { Call, Factory } from "../logical/backend.ts";
import type { Data } from "../logical/json.ts";
import type { Operation } from "../logical/request.ts";
import type { Storage } from "../logical/storage.ts";
import { clearStorage } from "../logical/walk.ts";
import { checkAnswer } from "./check-answer.ts";
import type { Harness, HarnessOptions, RequestDetails } from "./harness-options.ts";
import { createLeaseBook } from "./lease-book.ts";
import { leaseCalls } from "./lease-calls.ts";
import { createMemoryStorage } from "./memory-storage.ts";
import { mountInMemory } from "./mount-in-memory.ts";
import { createRecordedEvents } from "./recorded-events.ts";
import { createRecordedLog, type LogLine } from "./recorded-log.ts";
import { createRequestRecorder } from "./recorded-requests.ts";
import { createTestSystem, hosts } from "./test-system.ts";
import { throughWire } from "./through-wire.ts";

/**
 * Mounts a plugin in memory, as a host would, and initializes it. Every value goes through the messages of the wire, and
 * what the plugin asks of its host goes the way that it goes in a process of its own.
 */
export async function harness<S extends Storage>(
  factory: Factory,
  options: HarnessOptions<S> & { readonly storage: S },
): Promise<Harness<S>>;
export async function harness(factory: Factory, options?: HarnessOptions): Promise<Harness>;
export async function harness(factory: Factory, options: HarnessOptions<Storage> = {}): Promise<Harness<Storage>> {
  const { caller = {}, checksAnswers = true } = options;
  const kind = options.host ?? options.system?.host?.kind ?? "vault";
  const lines: LogLine[] = [];
  const log = createRecordedLog(lines);
  const events = createRecordedEvents();
  const system = createTestSystem({ host: hosts[kind], ...options.system }, options.answers);
  const storage = options.storage ?? createMemoryStorage({ host: kind });
  const recorder = createRequestRecorder();
  const leases = createLeaseBook(system);
  const uuid = randomUUID();
  let isWritable = false;
  const mounted = await mountInMemory(
    factory,
    { uuid, options: new Map(Object.entries(options.options ?? {})) },
    { storage: recorder.watch(storage), system, events, log, isWritable: () => isWritable },
  );
  const backend = throughWire(mounted.backend);
  const mountPoint = options.mountPoint ?? (backend.type === "auth" ? "auth/test/" : "test/");
  const callWith = (signal: AbortSignal = new AbortController().signal): Call =>
    mounted.callFor({ metadata: new Map(), signal });

  const prepare = (operation: Operation, path: string, data: Data | undefined, details: RequestDetails) => {
    const { signal, ...rest } = { ...caller, ...details };
    const connection = { remoteAddr: "127.0.0.1" };
    const request = { id: randomUUID(), operation, path, mountPoint, connection, ...(data ? { data } : {}), ...rest };
    return [request, callWith(signal)] as const;
  };
  const send: Harness["request"] = async (operation, path, data, details = {}) => {
    const [request, call] = prepare(operation, path, data, details);
    const response = await recorder.during({ operation, path }, () => backend.handleRequest(request, call));
    if (checksAnswers) checkAnswer(mounted.backend, { operation, path }, response);
    if (operation !== "renew") await leases.issue(path, response);
    return response;
  };
  const exists: Harness["exists"] = (path, data, details = {}) => {
    const [request, call] = prepare("update", path, data, details);
    return recorder.during({ operation: "existence-check", path }, () => backend.checkExistence(request, call));
  };
  const tell = (
    operation: "initialize" | "invalidate" | "cleanup",
    path: string,
    work: () => Promise<void> | undefined,
  ) => recorder.during({ operation, path }, async () => work());

  isWritable = true;
  await tell("initialize", "", () => backend.initialize?.({ mountPoint, backendUuid: uuid }, callWith()));

  const { endAll, ...calls } = leaseCalls({ send, leases, clock: options.clock });
  const close = async (): Promise<void> => {
    await tell("cleanup", "", () => backend.cleanup?.(callWith()));
    await mounted.close();
  };

  return {
    ...{ backend, storage, system, events, logs: lines, requests: recorder.requests },
    ...calls,
    call: callWith,
    request: send,
    read: (path, query, details) => send("read", path, query, details),
    async write(path, data, details) {
      return send((await exists(path, data, details)) === false ? "create" : "update", path, data, details);
    },
    exists,
    patch: (path, data, details) => send("patch", path, data, details),
    delete: (path, query, details) => send("delete", path, query, details),
    list: (path, query, details) => send("list", path.replace(/\/?$/, path === "" ? "" : "/"), query, details),
    async help(path) {
      return String((await send("help", path))?.data?.["help"]);
    },
    async login(path, data, details) {
      const response = await send("update", path, data, { unauthenticated: true, ...details });
      if (!response?.auth) throw new Error(`update "${path}": the answer is no login`);
      return { ...response, auth: response.auth };
    },
    invalidate: (key) => tell("invalidate", key, () => backend.invalidate?.(key, callWith())),
    close,
    async disable() {
      system.settings.isTainted = true;
      await calls.rollback();
      await endAll();
      await close();
      await clearStorage(storage);
    },
  };
}
