import { setTimeout as delay } from "node:timers/promises";
import { entry, InvalidRequest, isWriteSafe, type Mount, UserError } from "@vaultwright/core";
import { convertObjects, foldersAndObjects } from "./convert-objects.ts";
import type { Engine } from "./engine.ts";
import { knownFormat, type Stored } from "./format.ts";

interface Marker extends Stored {
  /** Whether all objects of version 1 have become secrets. */
  readonly isDone: boolean;
}

/** Turns a mount that was version 1 into version 2, once, while requests are turned away. */
export interface Upgrade {
  /** Finds out what there is to do, and begins it; it goes on in the background. */
  begin(): Promise<void>;
  /** Refuses a request as long as there are objects of version 1. */
  check(signal: AbortSignal): Promise<void>;
  /** Stops; the next start goes on from there. */
  stop(): Promise<void>;
}

type State = "done" | "converting" | "waiting";

const texts = {
  converting:
    "Upgrading from non-versioned to versioned data. This backend will be unavailable for a brief period and will resume service shortly.",
  waiting:
    "Waiting for the primary to upgrade from non-versioned to versioned data. This backend will be unavailable for a brief period and will resume service when the primary is finished.",
} as const;

/** Makes the upgrade of a mount. */
export function createUpgrade(engine: Engine, { storage, system, log }: Mount): Upgrade {
  const marker = entry<Marker>(`${engine.prefix}upgrade`, { sealWrap: true, schema: knownFormat() });
  const stopping = new AbortController();
  let state: State = "converting";
  const isDone = () => state === "done";
  let begun: Promise<void> | undefined;
  let running: Promise<void> = Promise.resolve();

  async function begin(): Promise<void> {
    const found = await marker.get(storage);
    if (found?.isDone) {
      state = "done";
      return;
    }
    await refuseOtherFormat();
    if (!(await isWriteSafe(system))) return goOn("waiting", waitForOthers);
    const names = await foldersAndObjects(engine, storage);
    if (names.length > 0) return goOn("converting", convert);
    await finish();
  }

  /** The plugin in Go has the same place for what it stores, of which this plugin reads nothing. */
  async function refuseOtherFormat(): Promise<void> {
    const names = await storage.list(engine.prefix);
    if (names.includes("upgrading") || names.includes("policy/"))
      throw new UserError("this mount holds data of another key/value plugin, whose format this plugin does not know");
  }

  async function finish(): Promise<void> {
    await engine.names.make(storage);
    await marker.put(storage, { v: 1, isDone: true });
    state = "done";
  }

  async function convert(): Promise<void> {
    log.info("conversion to versioned secrets begins");
    const counts = await convertObjects(engine, { storage, log, signal: stopping.signal });
    await finish();
    log.info("conversion to versioned secrets is done", counts);
  }

  async function waitForOthers(): Promise<void> {
    while (!(await marker.get(storage))?.isDone) await delay(1000, undefined, { signal: stopping.signal });
    state = "done";
  }

  function goOn(next: State, work: () => Promise<void>): void {
    state = next;
    running = untilDone(work);
  }

  /** A storage that is out of order for a while must not stop the upgrade until somebody reloads the mount. */
  async function untilDone(work: () => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        return await work();
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.error("conversion to versioned secrets was interrupted and is tried again", { error });
        await delay(1000, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  const beginOnce = () => {
    begun ??= begin().catch((error) => {
      begun = undefined;
      throw error;
    });
    return begun;
  };

  return {
    begin: beginOnce,
    async check(signal) {
      await beginOnce();
      if (isDone()) return;
      // Most upgrades take no longer, and their clients are at the door already.
      await delay(15, undefined, { signal });
      if (state !== "done") throw new InvalidRequest(texts[state]);
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
