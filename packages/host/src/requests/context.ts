import type { Auth, Data, Entity, HeaderMap, Operation, Response } from "@vaultwright/core/launch";
import type { Mount } from "../mounts/mount.ts";
import type { Acl } from "../policies/acl.ts";
import type { Token } from "../tokens/token.ts";

/** A request of a client, as it came. */
export interface HostRequest {
  readonly id: string;
  readonly operation: Operation;
  /** Whole path, without a leading slash. */
  readonly path: string;
  readonly data?: Data | undefined;
  readonly token?: string | undefined;
  readonly headers: HeaderMap;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Lifetime of the wrapping that the client asks for. */
  readonly wrapTtl?: number | undefined;
  /** Form of the wrapping token that the client asks for. */
  readonly wrapFormat?: "jwt" | undefined;
  /** Aborts when the client goes away or its time is over. */
  readonly signal: AbortSignal;
}

/** Who makes a request. */
export interface Caller {
  /** The token's text. */
  readonly id: string;
  readonly token: Token;
  readonly acl: Acl;
  readonly entity?: Entity | undefined;
}

/** A request on its way into a mount. */
export interface RequestContext {
  readonly request: HostRequest;
  /** `create` or `update` as the existence check found. */
  readonly operation: Operation;
  readonly mount: Mount;
  /** Path within the mount. */
  readonly path: string;
  /** Absent at unauthenticated paths. */
  readonly caller?: Caller | undefined;
}

/** A token in an answer. */
export interface IssuedAuth extends Auth {
  readonly isOrphan: boolean;
}

/** The answer to a client. */
export interface HostResponse extends Omit<Response, "auth"> {
  readonly auth?: IssuedAuth;
  /** An answer that was wrapped before, and is wrapped again instead of this one. */
  readonly rewrapped?: { readonly envelope: object; readonly creationPath: string };
}
