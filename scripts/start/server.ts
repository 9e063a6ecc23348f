import { type Client, createClient } from "../../conformance/client.ts";

/** A server that plugins are loaded into, with the token that may do it. */
export interface VaultServer {
  readonly address: URL;
  readonly token: string;
  readonly client: Client;
}

/** Makes a server from where it is and a token for it. */
export function connectServer(address: URL, token: string): VaultServer {
  return { address, token, client: createClient(address.origin, token) };
}
