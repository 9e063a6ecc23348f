import type { Data } from "./json.ts";
import type { Lease } from "./lease.ts";

/** A leased secret. */
export interface Secret extends Lease {
  /** Set by the host, and blank on the way to a plugin. */
  readonly leaseId?: string;
  /** What the plugin needs to renew and revoke; kept by the host and given back. */
  readonly internalData?: Data;
}
