import type { HostKind } from "@vaultwright/core";
import { Command, InvalidArgumentError, Option } from "commander";

/** What `npm start` was asked to do. */
export interface StartOptions {
  /** Undefined: the default address, or a free port beside it. */
  readonly address?: { readonly host: string; readonly port: number };
  readonly rootToken?: string;
  readonly data?: string;
  /** The product that the embedded server stands in for. */
  readonly like?: HostKind;
  readonly tour: boolean;
  readonly server?: URL;
  readonly pluginDir?: string;
}

/** Reads the arguments of `npm start`; prints help or what is wrong, and ends the process, where that is all there is to do. */
export function parseStartOptions(argv: readonly string[]): StartOptions {
  const command = new Command("npm start --")
    .description("Compiles the plugins, loads them into a server and mounts them at kv/, totp/ and auth/example/.")
    .option("--address <host:port>", "where the embedded server listens (default: 127.0.0.1:8200)", parseAddress)
    .option(
      "--root-token <token>",
      "root token of the embedded server; VAULT_DEV_ROOT_TOKEN_ID keeps it out of the process list",
    )
    .option("--data <dir>", "keep the embedded server's data in this folder instead of in memory")
    .addOption(
      new Option("--like <product>", "what the embedded server stands in for (default: vault)").choices([
        "vault",
        "openbao",
      ]),
    )
    .option("--tour", "use each plugin once, print requests and answers, and exit", false)
    .option(
      "--server <url>",
      "use this running server instead of the embedded one; the token comes from VAULT_TOKEN",
      parseUrl,
    )
    .option("--plugin-dir <dir>", "the plugin directory of that server")
    .allowExcessArguments(false)
    .parse(argv, { from: "user" });
  const options = command.opts<StartOptions>();
  if (options.server === undefined && options.pluginDir !== undefined) command.error("--plugin-dir needs --server");
  if (options.server === undefined) return options;
  if (options.pluginDir === undefined)
    command.error("--server needs --plugin-dir, the plugin directory of that server");
  const contradiction = (["address", "rootToken", "data", "like"] as const).find((name) => options[name] !== undefined);
  if (contradiction !== undefined)
    command.error("--address, --root-token, --data and --like are for the embedded server, not for --server");
  return options;
}

function parseAddress(text: string): { host: string; port: number } {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65535)
    throw new InvalidArgumentError("it must be HOST:PORT, for instance 127.0.0.1:8200.");
  return { host, port: Number(port) };
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError("it must be a URL, for instance http://127.0.0.1:8200.");
  return url;
}
