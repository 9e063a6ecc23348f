import type { LeaseOptions } from "../gen/pb/backend.ts";
import type { Lease } from "../logical/lease.ts";
import { present } from "../logical/present.ts";
import { nonZero } from "./absent.ts";
import { durationFromWire, durationToWire } from "./duration.ts";
import { timeFromWire, timeToWire } from "./time.ts";

/** Gives the lease part of a secret or a login. */
export function leaseToWire(lease: Lease): LeaseOptions {
  return {
    ttl: durationToWire(lease.ttl),
    renewable: lease.renewable ?? false,
    increment: durationToWire(lease.increment),
    issueTime: timeToWire(lease.issueTime),
    maxTtl: durationToWire(lease.maxTtl),
  };
}

/** Reads the lease part of a secret or a login. */
export function leaseFromWire(lease: LeaseOptions | undefined): Lease {
  if (lease === undefined) return {};
  return present({
    ttl: nonZero(durationFromWire(lease.ttl)),
    maxTtl: nonZero(durationFromWire(lease.maxTtl)),
    renewable: nonZero(lease.renewable),
    increment: nonZero(durationFromWire(lease.increment)),
    issueTime: timeFromWire(lease.issueTime),
  });
}
