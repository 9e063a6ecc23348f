import type { Lease } from "../logical/lease.ts";
import type { Response } from "../logical/response.ts";

/** A secret or a token that a mount handed out. */
export interface IssuedLease {
  /** The path that made it. */
  readonly path: string;
  readonly issued: Date;
  /** When it ends, unless it is renewed. */
  readonly expires: Date;
  /** The answer that handed it out, with what its last renewal changed. */
  readonly response: Response;
}

/** What a host knows of the leases of a mount. */
export interface LeaseBook {
  /** Those that have not ended, the first to end first. */
  outstanding(): readonly IssuedLease[];
  /** Finds the lease of an answer. */
  find(response: Response): IssuedLease | undefined;
  /** Notes what an answer hands out, if it does. */
  issue(path: string, response: Response | undefined): Promise<void>;
  renew(lease: IssuedLease, renewal: Response | undefined): Promise<void>;
  end(lease: IssuedLease): void;
}

/** Lifetimes of the mount, for leases that do not say how long they live. */
export interface LeaseDefaults {
  defaultLeaseTtl(): Promise<number>;
  maxLeaseTtl(): Promise<number>;
}

/** Makes a book without leases. */
export function createLeaseBook(defaults: LeaseDefaults): LeaseBook {
  const leases = new Set<{ -readonly [K in keyof IssuedLease]: IssuedLease[K] }>();
  // A test may pass the answer on, or make another object of it: what was handed out stays the same one.
  const known = new WeakMap<object, IssuedLease>();

  async function expiryOf({ secret, auth }: Response, issued: Date): Promise<Date> {
    const { ttl, maxTtl }: Lease = secret ?? auth ?? {};
    const period = auth?.period || 0;
    const wished = period || ttl || (await defaults.defaultLeaseTtl());
    // A periodic token lives as long as somebody renews it, unless it has a limit of its own.
    const limits = [auth?.explicitMaxTtl, ...(period ? [] : [maxTtl, await defaults.maxLeaseTtl()])];
    const longest = Math.min(...limits.map((limit) => limit || Number.POSITIVE_INFINITY));
    return new Date(Math.min(Date.now() + wished * 1000, issued.getTime() + longest * 1000));
  }

  function remember({ secret, auth }: Response, lease: IssuedLease): void {
    const handedOut = secret ?? auth;
    if (handedOut) known.set(handedOut, lease);
  }

  return {
    outstanding: () => [...leases].sort((a, b) => a.expires.getTime() - b.expires.getTime()),
    find({ secret, auth }) {
      const handedOut = secret ?? auth;
      return handedOut && known.get(handedOut);
    },
    async issue(path, response) {
      if (!response?.secret && !response?.auth) return;
      const issued = new Date();
      const lease = { path, issued, expires: await expiryOf(response, issued), response };
      leases.add(lease);
      remember(response, lease);
    },
    async renew(lease, renewal) {
      const found = [...leases].find((each) => each === lease);
      if (!found || !(renewal?.secret || renewal?.auth)) return;
      found.response = renewal;
      found.expires = await expiryOf(renewal, found.issued);
      remember(renewal, found);
    },
    end(lease) {
      for (const each of leases) if (each === lease) leases.delete(each);
    },
  };
}
