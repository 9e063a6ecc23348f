import type { Auth } from "./auth.ts";
import type { HeaderMap } from "./headers.ts";
import type { Data } from "./json.ts";
import type { Secret } from "./secret.ts";

/** The answer to a request: never a lease and a login at once. Failures are thrown, so none says that it failed. */
export type Response = LeaseResponse | LoginResponse;

/** An answer that may hand out a lease. */
export interface LeaseResponse extends Answer {
  /** A leased secret; only secrets engines may answer with one. */
  readonly secret?: Secret;
  readonly auth?: never;
}

/** An answer that may log the caller in. */
export interface LoginResponse extends Answer {
  readonly secret?: never;
  /** A login; only unauthenticated paths of auth methods may answer with one. */
  readonly auth?: Auth;
}

interface Answer {
  readonly data?: Data;
  /** Redirects the client with status 307. */
  readonly redirect?: string;
  readonly warnings?: readonly string[];
  readonly wrapInfo?: ResponseWrapInfo;
  /** Only headers in the mount's `allowed_response_headers` reach the client. */
  readonly headers?: HeaderMap;
  /** Vault only: set by the host. */
  readonly mountType?: string;
}

/** Response wrapping: what a plugin may wish for, and what the host made. */
export interface ResponseWrapInfo {
  /** Lifetime of the wrapping token in seconds. */
  readonly ttl: number;
  readonly token?: string;
  readonly accessor?: string;
  readonly creationTime?: Date;
  readonly wrappedAccessor?: string;
  readonly wrappedEntityId?: string;
  readonly format?: string;
  readonly creationPath?: string;
  readonly sealWrap?: boolean;
}
