import { basename } from "node:path";
import { type CatalogueEntry, createConsoleLog, type RunningHost, startHost } from "@vaultwright/host";
import { binaryPath } from "../compile.ts";
import { type Plugin, plugins } from "../project.ts";
import { sha256 } from "./load.ts";
import { onlyProblems } from "./only-problems.ts";
import type { StartOptions } from "./options.ts";

const defaultAddress = { host: "127.0.0.1", port: 8200 };

/** Starts the embedded server; where the default port is taken and none was asked for, it takes a free one and says so. */
export async function startEmbedded(options: StartOptions, pluginDirectory: string): Promise<RunningHost> {
  const rootToken = options.rootToken ?? process.env["VAULT_DEV_ROOT_TOKEN_ID"];
  const settings = {
    pluginDirectory,
    plugins: await Promise.all(plugins().map(catalogueEntry)),
    ...(rootToken === undefined ? {} : { rootToken }),
    ...(options.like === undefined ? {} : { like: options.like }),
    // A tour tells of each request itself.
    ...(options.tour ? { log: onlyProblems(createConsoleLog()) } : {}),
    ...(options.data === undefined ? {} : { dataDirectory: options.data }),
  };
  if (options.address !== undefined) return startHost({ ...settings, address: options.address });
  try {
    return await startHost({ ...settings, address: defaultAddress });
  } catch (error) {
    if (!isAddressInUse(error)) throw error;
    console.error(`${defaultAddress.host}:${defaultAddress.port} is taken, so another port is used.`);
    return startHost({ ...settings, address: { ...defaultAddress, port: 0 } });
  }
}

function isAddressInUse(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ("code" in cause && cause.code === "EADDRINUSE") return true;
  return false;
}

async function catalogueEntry({ name, type, version }: Plugin): Promise<CatalogueEntry> {
  const file = binaryPath(name);
  return { name, type, version, command: basename(file), args: [], env: [], sha256: await sha256(file) };
}
