import { type Log, LogicalError } from "@vaultwright/core/launch";
import type { Cancel, Clock } from "../clock.ts";
import { openRecords } from "../storage/records.ts";
import { compareBytes, namesBelow, type Store } from "../storage/store.ts";
import type { LeaseRecord } from "./lease.ts";

/** The leases of the server. They end when their time comes. */
export interface LeaseRegistry {
  get(id: string): LeaseRecord | undefined;
  save(lease: LeaseRecord): void;
  /** Drops a lease without revoking it. */
  forget(id: string): void;
  /** Leases that a token fetched; its own is not among them. */
  ofToken(key: string): LeaseRecord[];
  withPrefix(prefix: string): LeaseRecord[];
  namesBelow(prefix: string): string[];
  /** Revokes in the background, with retries. */
  expire(id: string): void;
  /** Revokes now and once; throws when that fails. */
  revoke(id: string): Promise<void>;
  /** Watches the time of all leases, until `stop`. */
  start(): void;
  stop(): void;
  /** Resolves when no revocation is under way. */
  settled(): Promise<void>;
}

const firstRetryMs = 10_000;
const mostAttempts = 6;
// What will not change by trying again: the plugin can't revoke it, or says that nobody ever can.
const finalKinds = new Set(["unrecoverable", "unsupported-operation", "unsupported-path", "invalid-request"]);

/** Opens the leases of a store. `revoke` tells the plugin, or ends the token; it throws when that fails. */
export function openLeaseRegistry(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  revoke(lease: LeaseRecord): Promise<void>;
}): LeaseRegistry {
  const { clock, log } = parts;
  const records = openRecords<LeaseRecord>(parts.store, "leases");
  const timers = new Map<string, Cancel>();
  const underWay = new Map<string, Promise<void>>();
  let isRunning = false;

  const cancelTimer = (id: string): void => {
    timers.get(id)?.();
    timers.delete(id);
  };
  const schedule = (id: string, timeMs: number, attempt: number): void => {
    cancelTimer(id);
    if (isRunning)
      timers.set(
        id,
        clock.at(new Date(timeMs), () => void attemptRevocation(id, attempt)),
      );
  };
  const watch = (lease: LeaseRecord): void => {
    if (lease.irrevocable === undefined) schedule(lease.id, lease.expiresAtMs, 1);
  };
  const forget = (id: string): void => {
    cancelTimer(id);
    records.delete(id);
  };
  // A lease that is being revoked already is not revoked a second time beside it.
  const revoke = (id: string): Promise<void> => {
    const lease = records.get(id);
    if (lease === undefined) return Promise.resolve();
    const running = underWay.get(id);
    if (running !== undefined) return running;
    cancelTimer(id);
    const revocation = parts
      .revoke(lease)
      .then(() => forget(id))
      .finally(() => underWay.delete(id));
    underWay.set(id, revocation);
    return revocation;
  };
  const attemptRevocation = async (id: string, attempt: number): Promise<void> => {
    try {
      await revoke(id);
    } catch (thrown) {
      const lease = records.get(id);
      if (lease === undefined) return;
      const error = LogicalError.from(thrown);
      if (attempt < mostAttempts && !finalKinds.has(error.kind)) {
        log.warn("lease revocation failed and is tried again", { lease: id, attempt, error });
        return schedule(id, clock.now().getTime() + firstRetryMs * 2 ** (attempt - 1), attempt + 1);
      }
      log.error("lease revocation failed for good", { lease: id, attempt, error });
      records.set(id, { ...lease, irrevocable: error.message });
    }
  };

  return {
    get: records.get,
    save(lease) {
      records.set(lease.id, lease);
      watch(lease);
    },
    forget,
    ofToken: (key) => records.values().filter((lease) => lease.tokenKey === key && lease.auth === undefined),
    withPrefix: (prefix) => records.values().filter((lease) => lease.id.startsWith(prefix)),
    namesBelow: (prefix) => [...namesBelow(records.keys().sort(compareBytes), prefix)],
    expire(id) {
      const lease = records.get(id);
      if (lease === undefined) return;
      records.set(id, { ...lease, expiresAtMs: Math.min(lease.expiresAtMs, clock.now().getTime()) });
      cancelTimer(id);
      if (isRunning) void attemptRevocation(id, 1);
    },
    revoke,
    start() {
      isRunning = true;
      for (const lease of records.values()) watch(lease);
    },
    stop() {
      isRunning = false;
      for (const id of [...timers.keys()]) cancelTimer(id);
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay.values());
    },
  };
}
