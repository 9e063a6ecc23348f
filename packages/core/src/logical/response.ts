import type { Auth } from "./auth.ts";
import type { HeaderMap } from "./headers.ts";
import type { Data } from "./json.ts";
import type { Secret } from "./secret.ts";

/** The answer to a request. Failures are thrown, so a response never says that it failed. */
export interface Response {
  /** A leased secret; only secrets engines may answer with one. */
  readonly secret?: Secret;
  /** A login; only unauthenticated paths of auth methods may answer with one. */
  readonly auth?: Auth;
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
