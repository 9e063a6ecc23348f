import { type Answer, type Client, createClient } from "../../conformance/client.ts";

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

/** Waits for an answer that must be a success, and gives it. */
export async function mustSucceed(what: string, pending: Promise<Answer>): Promise<Answer> {
  const answer = await pending.catch((cause: unknown) => {
    throw new Error(`${what}: the server cannot be reached`, { cause });
  });
  if (answer.status < 300) return answer;
  throw new Error(
    `${what}: the server answered ${answer.status}: ${answer.errors.join("; ").trim() || "no reason given"}`,
  );
}
