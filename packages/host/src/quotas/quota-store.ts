import type { Clock } from "../clock.ts";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import { createRateLimiter, type RateLimiter, type RateVerdict } from "./rate-limiter.ts";
import { type CountedRequest, quotaFor, type RateQuota } from "./rate-quota.ts";

/** What is true of all quotas. */
export interface QuotaConfig {
  readonly hasResponseHeaders: boolean;
  readonly hasAuditLogging: boolean;
  /** Beginnings of paths that no quota counts; those with `!` before them are counted all the same. */
  readonly exemptPaths: readonly string[];
  /** The same for paths with their namespaces; nothing until it is set. */
  readonly absoluteExemptPaths: readonly string[] | null;
}

/** The quotas of the server. */
export interface Quotas {
  readonly config: QuotaConfig;
  configure(config: QuotaConfig): void;
  list(): RateQuota[];
  get(name: string): RateQuota | undefined;
  save(quota: RateQuota): void;
  delete(name: string): void;
  /** Whether some quota of a mount asks for the role of a login. */
  needsRole(mountPath: string): boolean;
  /** Counts a request, and says whether it may go on. */
  take(request: CountedRequest): RateVerdict;
  /** Lets the quotas of a mount go where it goes; without a path they end. */
  moveMount(from: string, to: string | undefined): void;
}

const initialConfig: QuotaConfig = {
  hasResponseHeaders: false,
  hasAuditLogging: false,
  exemptPaths: [
    "sys/generate-recovery-token/attempt",
    "sys/generate-recovery-token/update",
    "sys/generate-root/attempt",
    "sys/generate-root/update",
    "sys/health",
    "sys/seal-status",
    "sys/unseal",
  ],
  absoluteExemptPaths: null,
};

const free: RateVerdict = { isAllowed: true, headers: {} };

/** Opens the quotas of a store. Counts are kept in memory only. */
export function openQuotas(store: Store, clock: Clock): Quotas {
  const configs = openRecords<QuotaConfig>(store, "quota-config");
  const records = openRecords<RateQuota>(store, "rate-quotas");
  const limiters = new Map<string, RateLimiter>();
  const config = (): QuotaConfig => configs.get("config") ?? initialConfig;
  const save = (quota: RateQuota): void => {
    records.set(quota.name, quota);
    limiters.delete(quota.name);
  };
  const remove = (name: string): void => {
    records.delete(name);
    limiters.delete(name);
  };
  const limiterOf = (quota: RateQuota): RateLimiter => {
    const limiter = limiters.get(quota.name) ?? createRateLimiter(quota);
    limiters.set(quota.name, limiter);
    return limiter;
  };
  return {
    get config() {
      return config();
    },
    configure: (changed) => configs.set("config", changed),
    list: records.values,
    get: records.get,
    save,
    delete: remove,
    needsRole: (mountPath) => records.values().some((quota) => quota.mountPath === mountPath && quota.role !== ""),
    take(request) {
      const quotas = records.values();
      if (quotas.length === 0) return free;
      const { exemptPaths, absoluteExemptPaths } = config();
      if (isExempt(request.path, exemptPaths) || isExempt(request.path, absoluteExemptPaths ?? [])) return free;
      const quota = quotaFor(quotas, request);
      return quota === undefined ? free : limiterOf(quota).take(request.address, clock.now().getTime());
    },
    moveMount(from, to) {
      for (const quota of records.values().filter(({ mountPath }) => mountPath === from))
        if (to === undefined) remove(quota.name);
        else save({ ...quota, mountPath: to });
    },
  };
}

/** The longest beginning decides. */
function isExempt(path: string, exempt: readonly string[]): boolean {
  const bare = (entry: string): string => entry.replace(/^!/, "");
  const [longest] = exempt
    .filter((entry) => path.startsWith(bare(entry)))
    .sort((a, b) => bare(b).length - bare(a).length);
  return longest !== undefined && !longest.startsWith("!");
}
