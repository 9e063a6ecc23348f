/** A certificate with its private key, PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** A server that requires a client certificate. TLS 1.2 is the least. */
export interface ServerTls {
  readonly identity: KeyPair;
  /** The only certificate that clients' certificates may chain to, PEM. */
  readonly trusted: string;
}

/** A client that presents a certificate. TLS 1.2 is the least. */
export interface ClientTls {
  readonly identity: KeyPair;
  /** The only certificate that the server's may chain to, PEM. */
  readonly trusted: string;
  /** The name that the server's certificate must have. */
  readonly serverName: string;
}
