import {
  type HostCall,
  type Initialization,
  type LaunchedBackend,
  LogicalError,
  type Request,
  type Response,
  type SpecialPaths,
} from "@vaultwright/core/launch";
import { isPluginGone } from "./launcher.ts";
import type { PluginProcess } from "./processes.ts";

/** A mount's backend in a plugin's process, which is started when it is needed and again when it died. */
export interface PluginBackend {
  /** Opens it, and starts the process unless it runs. */
  start(): Promise<void>;
  /** Starts the process of an open backend unless it runs; throws for one that was closed. */
  prepare(): Promise<void>;
  /** As the plugin named them at its last start. */
  readonly specialPaths: SpecialPaths;
  handleRequest(request: Request, call: HostCall): Promise<Response | undefined>;
  checkExistence(request: Request, call: HostCall): Promise<boolean | undefined>;
  /** Cleans up, ends the process for all who share it, and starts a new one. */
  reload(call: HostCall): Promise<void>;
  /** Ends the process without a word to it; nothing where none runs. */
  killProcess(): Promise<void>;
  /** Tells the plugin that somebody else changed a key; one that does not run has nothing to forget. */
  invalidate(key: string, call: HostCall): Promise<void>;
  /** Cleans up and gives the process back. What comes later is refused, and starts no process. */
  close(call: HostCall): Promise<void>;
}

/** How a mount comes to a process and is set up in it. */
export interface PluginSource {
  acquire(): Promise<PluginProcess>;
  /** Sets the mount up in the process; throws when the plugin is not of the kind that the mount needs. */
  setUp(process: PluginProcess): Promise<LaunchedBackend>;
  /** What the backend is told when it initializes. */
  initialization(): Initialization;
  /** Hears of a plugin that could not initialize, and throws unless it is used all the same. */
  initializationFailed(error: unknown): void;
}

// Hosts give a client's request as long.
const longestCallMs = 90_000;

interface Running {
  readonly process: PluginProcess;
  readonly backend: LaunchedBackend;
}

/** Makes a mount's backend; nothing runs before `start` or the first request. */
export function createPluginBackend(source: PluginSource): PluginBackend {
  let running: Running | undefined;
  let starting: Promise<Running> | undefined;
  let isOpen = true;
  let specialPaths: SpecialPaths = {};

  const startNew = async (): Promise<Running> => {
    const process = await source.acquire();
    try {
      const backend = await source.setUp(process);
      await initialize(source, backend);
      specialPaths = backend.specialPaths ?? specialPaths;
      return { process, backend };
    } catch (error) {
      await process.release();
      throw error;
    }
  };
  // Of many requests that find no process, or a dead one, only the first starts a new one.
  const current = async (dead?: Running): Promise<Running> => {
    if (!isOpen) throw new LogicalError("unsupported-path", "unsupported path");
    if (running !== undefined && running !== dead) return running;
    starting ??= (async () => {
      await dead?.process.kill();
      return startNew();
    })();
    try {
      running = await starting;
      return running;
    } finally {
      starting = undefined;
    }
  };
  const withRestart = async <T>(signal: AbortSignal, call: (backend: LaunchedBackend) => Promise<T>): Promise<T> => {
    const used = await current();
    try {
      return await call(used.backend);
    } catch (error) {
      if (!isPluginGone(error) || signal.aborted) throw error;
      return call((await current(used)).backend);
    }
  };

  return {
    async start() {
      isOpen = true;
      await current();
    },
    async prepare() {
      await current();
    },
    get specialPaths() {
      return specialPaths;
    },
    handleRequest: (request, call) => withRestart(call.signal, (backend) => backend.handleRequest(request, call)),
    checkExistence: (request, call) => withRestart(call.signal, (backend) => backend.checkExistence(request, call)),
    async reload(call) {
      const old = running;
      running = undefined;
      if (old !== undefined) {
        await cleanUp(old.backend, call);
        await old.process.kill();
      }
      await current();
    },
    async killProcess() {
      if (running === undefined) return;
      const { pid, exited } = running.process.plugin;
      process.kill(pid, "SIGKILL");
      await exited;
    },
    async invalidate(key, call) {
      await running?.backend.invalidate(key, call);
    },
    async close(call) {
      isOpen = false;
      const old = running;
      running = undefined;
      if (old === undefined) return;
      await cleanUp(old.backend, call);
      await old.process.release();
    },
  };
}

async function initialize(source: PluginSource, backend: LaunchedBackend): Promise<void> {
  const call = { signal: AbortSignal.timeout(longestCallMs) };
  try {
    await backend.initialize(source.initialization(), call);
  } catch (error) {
    try {
      source.initializationFailed(error);
    } catch (fatal) {
      await cleanUp(backend, call);
      throw fatal;
    }
  }
}

/** Whatever a clean-up says, the host goes on: the process may be gone already. */
async function cleanUp(backend: LaunchedBackend, call: HostCall): Promise<void> {
  try {
    await backend.cleanup(call);
  } catch {
    // Hosts ignore the answer.
  }
}
