import { type Log, LogicalError } from "@vaultwright/core/launch";
import type { Clock } from "../clock.ts";
import { newUuid } from "../values/random.ts";
import type { PluginMount } from "./plugin-mount.ts";
import { mountMembers } from "./plugin-request.ts";

const periodMs = 60_000;
const longestMs = 90_000;

/** Asks a mount to undo what it left half done; a plugin that has nothing of the kind says so, and that is fine. */
export async function rollBack(mount: PluginMount): Promise<void> {
  const request = { id: newUuid(), operation: "rollback", path: "", ...mountMembers(mount.entry) } as const;
  try {
    await mount.send(request, AbortSignal.timeout(longestMs));
  } catch (thrown) {
    if (LogicalError.from(thrown).kind !== "unsupported-operation") throw thrown;
  }
}

/** Asks all mounts once a minute, each only when its last time is over. Gives what ends it. */
export function startRollbacks(parts: {
  readonly clock: Clock;
  readonly log: Log;
  mounts(): readonly PluginMount[];
}): () => void {
  const busy = new Set<PluginMount>();
  const visit = async (mount: PluginMount): Promise<void> => {
    if (busy.has(mount)) return;
    busy.add(mount);
    try {
      await rollBack(mount);
    } catch (error) {
      parts.log.error("rollback failed", { path: mount.fullPath, error });
    } finally {
      busy.delete(mount);
    }
  };
  let cancel = (): void => {};
  const wait = (): void => {
    cancel = parts.clock.at(new Date(parts.clock.now().getTime() + periodMs), () => {
      for (const mount of parts.mounts()) void visit(mount);
      wait();
    });
  };
  wait();
  return () => cancel();
}
