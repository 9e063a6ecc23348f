import type { RateQuota } from "./rate-quota.ts";

/** Whether a request may go on, and what headers tell of that. */
export interface RateVerdict {
  readonly isAllowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts the requests of each client of one quota. */
export interface RateLimiter {
  take(client: string, nowMs: number): RateVerdict;
}

interface Bucket {
  readonly startedAtMs: number;
  /** Which interval since the start the tokens are for. */
  tick: number;
  left: number;
  blockedAtMs?: number | undefined;
}

// Clients that come back later begin anew, which is what an old count would give them, too.
const mostClients = 10_000;

/** Makes the counter of a quota. The first request of a client begins its intervals. */
export function createRateLimiter({ rate, interval, blockInterval }: RateQuota): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const most = Math.max(Math.round(rate), 1);
  const [intervalMs, blockMs] = [interval * 1000, blockInterval * 1000];
  const bucketOf = (client: string, nowMs: number): Bucket => {
    const known = buckets.get(client);
    if (known !== undefined) return known;
    if (buckets.size >= mostClients) buckets.clear();
    const bucket: Bucket = { startedAtMs: nowMs, tick: 0, left: most };
    buckets.set(client, bucket);
    return bucket;
  };
  return {
    take(client, nowMs) {
      const bucket = bucketOf(client, nowMs);
      const freeAtMs = (bucket.blockedAtMs ?? Number.NEGATIVE_INFINITY) + blockMs;
      if (nowMs < freeAtMs) return { isAllowed: false, headers: { "Retry-After": secondsUntil(freeAtMs, nowMs) } };
      bucket.blockedAtMs = undefined;
      const tick = Math.floor((nowMs - bucket.startedAtMs) / intervalMs);
      if (bucket.tick < tick) bucket.left = most;
      bucket.tick = tick;
      const isAllowed = bucket.left > 0;
      if (isAllowed) bucket.left -= 1;
      else if (blockMs > 0) bucket.blockedAtMs = nowMs;
      const resetMs = bucket.startedAtMs + (tick + 1) * intervalMs;
      const headers = {
        "X-Ratelimit-Limit": String(most),
        "X-Ratelimit-Remaining": String(bucket.left),
        "X-Ratelimit-Reset": secondsUntil(resetMs, nowMs),
      };
      if (isAllowed) return { isAllowed, headers };
      const againMs = blockMs > 0 ? nowMs + blockMs : resetMs;
      return { isAllowed, headers: { ...headers, "Retry-After": secondsUntil(againMs, nowMs) } };
    },
  };
}

function secondsUntil(timeMs: number, nowMs: number): string {
  return String(Math.ceil((timeMs - nowMs) / 1000));
}
