import type { ClientTls } from "../../rpc/tls.ts";
import { parseApiFlags } from "./api-flags.ts";
import { apiSettings } from "./api-settings.ts";
import { unwrap } from "./unwrap.ts";
import { apiAddressOf } from "./unwrap-token.ts";
import { tlsOfWrapped } from "./wrapped-key-pair.ts";

/** What a process knows of itself. */
export interface UnwrapContext {
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Gets the certificate of this process from the host's API, as hosts before AutoMTLS want it. */
export async function unwrapTls(token: string, { args, variables }: UnwrapContext): Promise<ClientTls> {
  const address = apiAddressOf(token);
  const settings = apiSettings(variables, parseApiFlags(args));
  return tlsOfWrapped(await unwrap(token, { address, settings }));
}
