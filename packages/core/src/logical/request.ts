import type { Auth } from "./auth.ts";
import type { HeaderMap } from "./headers.ts";
import type { Data } from "./json.ts";
import type { Secret } from "./secret.ts";

/** All operations that a host may ask for. `scan` is OpenBao's, `recover` and `rotate` are Vault's. */
export const operations = [
  "create",
  "read",
  "update",
  "patch",
  "delete",
  "list",
  "scan",
  "header",
  "help",
  "alias-lookahead",
  "resolve-role",
  "renew",
  "revoke",
  "rollback",
  "recover",
  "rotate",
] as const;

/** What a request asks for. */
export type Operation = (typeof operations)[number];

/** A request of a client, or of the host itself, to a mount. */
export interface Request {
  /** UUID of the request. */
  readonly id: string;
  readonly operation: Operation;
  /** Path within the mount, without a leading slash. For a renewal or revocation the path that made the lease. */
  readonly path: string;
  /** Body of a write, query of anything else; undefined when there was neither. */
  readonly data?: Data;
  /** The lease that is renewed or revoked. */
  readonly secret?: Secret;
  /** The token that is renewed. */
  readonly auth?: Auth;
  /** Only the headers that the mount's `passthrough_request_headers` names. */
  readonly headers?: HeaderMap;
  /** A salted hash of the caller's token, stable within the mount; never the token. */
  readonly clientToken?: string;
  readonly clientTokenAccessor?: string;
  readonly clientTokenRemainingUses?: number;
  /** Display name of the caller's token. */
  readonly displayName?: string;
  /** Where the mount is, with its trailing slash. */
  readonly mountPoint?: string;
  readonly mountType?: string;
  readonly mountAccessor?: string;
  readonly wrapInfo?: RequestWrapInfo;
  readonly entityId?: string;
  readonly policyOverride?: boolean;
  readonly unauthenticated?: boolean;
  /** How the client is connected; absent for requests that the host makes itself. */
  readonly connection?: Connection;
  readonly replicationCluster?: string;
  /** Vault only. */
  readonly requiresSnapshotId?: string;
  /** Vault only. */
  readonly recoverSourcePath?: string;
  /** Vault only. */
  readonly rotationInfo?: RotationInfo;
}

/** The client's wish to have the response wrapped. */
export interface RequestWrapInfo {
  /** Lifetime of the wrapping token in seconds. */
  readonly ttl: number;
  readonly format?: string;
  readonly sealWrap?: boolean;
}

/** The client's connection to the host. */
export interface Connection {
  /** IP address as text, without a port. */
  readonly remoteAddr?: string;
  /** Zero or absent on Vault, which does not pass it on to external plugins. */
  readonly remotePort?: number;
  readonly tls?: TlsState;
  /** OpenBao only: certificates that a proxy passed on, DER. */
  readonly proxiedCertificates?: readonly Uint8Array[];
  /** OpenBao only: certificates of the peer, DER. */
  readonly peerCertificates?: readonly Uint8Array[];
}

/** State of the client's TLS connection. Certificates are DER. */
export interface TlsState {
  /** TLS version number, for instance 0x0304. */
  readonly version: number;
  readonly handshakeComplete: boolean;
  readonly didResume: boolean;
  readonly cipherSuite: number;
  readonly negotiatedProtocol: string;
  readonly negotiatedProtocolIsMutual: boolean;
  readonly serverName: string;
  readonly peerCertificates: readonly Uint8Array[];
  readonly verifiedChains: readonly (readonly Uint8Array[])[];
  readonly signedCertificateTimestamps: readonly Uint8Array[];
  readonly ocspResponse: Uint8Array;
  readonly tlsUnique: Uint8Array;
}

/** What Vault's rotation manager says of a rotation that it asks for. */
export interface RotationInfo {
  readonly rotationId: string;
  readonly nextRotation?: Date;
  readonly lastRotation?: Date;
}
