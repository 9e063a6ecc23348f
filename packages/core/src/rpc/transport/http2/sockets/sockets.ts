import type { Pipe, PipeListener } from "../../../../http2/pipe.ts";
import type { ClientTls, ServerTls } from "../../../tls.ts";
import type { Address } from "../../transport.ts";

/** Gives what listens to a new connection. */
export type Attach = (pipe: Pipe) => PipeListener;

/** What accepts connections. */
export interface Listener {
  /** The port that the system chose, for an address that left it open. */
  readonly port: number | undefined;
  /** Accepts no more connections. */
  stop(): void;
}

/** The sockets of a runtime. */
export interface Sockets {
  listen(options: {
    readonly address: Address;
    readonly tls: ServerTls | undefined;
    readonly attach: Attach;
  }): Promise<Listener>;
  /** Connects; the promise is fulfilled when the connection, encrypted or not, is attached. Gives up when the signal aborts. */
  connect(options: {
    readonly address: Address;
    readonly tls: ClientTls | undefined;
    readonly attach: Attach;
    readonly signal: AbortSignal;
  }): Promise<void>;
}

/** Takes an address of the network `tcp` apart. */
export function hostAndPort({ address }: Address): { readonly host: string; readonly port: number } {
  const at = address.lastIndexOf(":");
  const host = address.slice(0, at).replace(/^\[(.*)\]$/, "$1");
  return { host, port: Number(address.slice(at + 1)) };
}
