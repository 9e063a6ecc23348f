import { CommandError } from "../command-error.ts";

/** A server that somebody named, with the token for it. */
export interface NamedServer {
  readonly address: string;
  readonly token: string;
}

/**
 * Finds the server that `--vault` means: the address given with it, or that of VAULT_ADDR. Without the option there is
 * none, whatever the environment has, since many a terminal has the address of a server that must not be tried on.
 */
export function namedServer(vault: string | true | undefined, env: NodeJS.ProcessEnv): NamedServer | undefined {
  if (vault === undefined) return undefined;
  const address = vault === true ? env["VAULT_ADDR"] : vault;
  if (!address) throw new CommandError("--vault needs an address, there or in VAULT_ADDR");
  const token = env["VAULT_TOKEN"];
  if (!token) throw new CommandError("--vault needs a token in VAULT_TOKEN that may register plugins and mount them");
  return { address, token };
}
