/** A TCP or unix socket of Bun; what is used of it. */
export interface BunSocket {
  /** What belongs to the connection. */
  data: unknown;
  /** Gives how many bytes the system has taken; fewer than none when the socket is closed. */
  write(bytes: Uint8Array): number;
  /** Sends nothing more, and goes on receiving until the peer has closed its side. */
  shutdown(): void;
  terminate(): void;
  readonly alpnProtocol?: string | false | null;
}

/** What Bun calls. The handlers are shared by all sockets of a listener. */
export interface BunSocketHandlers {
  open?(socket: BunSocket): void;
  /** The TLS handshake is over; the error says why the peer's certificate is not trusted. */
  handshake?(socket: BunSocket, success: boolean, error: Error | null): void;
  data(socket: BunSocket, bytes: Uint8Array): void;
  drain(socket: BunSocket): void;
  close(socket: BunSocket, error?: Error): void;
  error(socket: BunSocket, error: Error): void;
  connectError?(socket: BunSocket, error: Error): void;
}

/** Certificates of one side. Protocols are in the form that TLS sends, and the least version is a number. */
export interface BunTls {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
  readonly requestCert?: boolean;
  readonly rejectUnauthorized: boolean;
  readonly serverName?: string;
  readonly ALPNProtocols: string;
  readonly minVersion: number;
}

type BunPlace = { readonly unix: string } | { readonly hostname: string; readonly port: number };

/** The part of Bun that Node does not have. */
export interface Bun {
  listen(options: BunPlace & { readonly tls?: BunTls; readonly socket: BunSocketHandlers }): {
    readonly port?: number;
    stop(closeActiveConnections?: boolean): void;
  };
  connect(options: BunPlace & { readonly tls?: BunTls; readonly socket: BunSocketHandlers }): Promise<BunSocket>;
}

/** Bun, where this process runs on it. */
export function bunOf(scope: typeof globalThis): Bun | undefined {
  // Bun's own types would declare all of it for Node, too.
  return Reflect.get(scope, "Bun") as Bun | undefined;
}
