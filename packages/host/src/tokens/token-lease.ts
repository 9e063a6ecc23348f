import type { Token } from "./token.ts";

/** The id of the lease that a service token lives by. */
export function tokenLeaseId(token: Token): string {
  return `${token.path}/h${token.key}`;
}
