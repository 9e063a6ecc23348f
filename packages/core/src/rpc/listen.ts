import { randomBytes } from "node:crypto";
import { closeSync, openSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PluginEnvironment } from "./environment.ts";
import { PluginError } from "./plugin-error.ts";
import { giveToGroup, groupIdOf } from "./socket-group.ts";
import type { ServerTls } from "./tls.ts";
import type { Address, Server, Service, Transport } from "./transport/transport.ts";

export interface ListenOptions {
  readonly transport: Pick<Transport, "listen">;
  readonly services: readonly Service[];
  readonly tls: ServerTls | undefined;
}

/** Opens the listener that the host expects: a socket file, or on Windows a port. */
export async function listen(environment: PluginEnvironment, options: ListenOptions): Promise<Server> {
  return process.platform === "win32" ? listenOnPort(environment, options) : listenOnSocket(environment, options);
}

/** Makes a socket with a fresh name, in the system's directory for temporary files unless told otherwise. */
export async function listenOnSocket(
  { socketDirectory = tmpdir(), socketGroup }: Pick<PluginEnvironment, "socketDirectory" | "socketGroup">,
  options: ListenOptions,
): Promise<Server> {
  const address = newSocketPath(socketDirectory);
  const group = socketGroup === undefined ? undefined : groupIdOf(socketGroup);
  const server = await open({ network: "unix", address }, options);
  if (group !== undefined) giveToGroup(address, group);
  return server;
}

/** Chooses a fresh path in a directory, after trying whether a socket can be made there. */
export function newSocketPath(directory: string): string {
  const path = join(directory, `plugin${randomBytes(6).toString("hex")}`);
  // The limits of the system calls, less the byte that ends the text. Beyond it some runtimes cut the path silently.
  const limit = process.platform === "linux" ? 107 : 103;
  const length = Buffer.byteLength(path);
  if (length > limit) {
    throw new PluginError(
      "socket-path-too-long",
      `the socket path ${path} has ${length} bytes, the system allows ${limit}; choose a directory with a shorter name`,
    );
  }
  try {
    // A file can be made where a socket can, and unlike a look at the permissions this also holds for read-only places.
    closeSync(openSync(path, "wx"));
    unlinkSync(path);
  } catch (error) {
    throw new PluginError("socket-directory-unusable", `no socket can be made in ${directory}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return path;
}

/** Tries the ports of a range from the first to the last; without a range the system chooses. */
export async function listenOnPort(
  { minPort, maxPort }: Pick<PluginEnvironment, "minPort" | "maxPort">,
  options: ListenOptions,
): Promise<Server> {
  const first = portOf("PLUGIN_MIN_PORT", minPort);
  const last = portOf("PLUGIN_MAX_PORT", maxPort);
  if (first > last) {
    throw new PluginError("port-range-invalid", `PLUGIN_MIN_PORT ${first} is greater than PLUGIN_MAX_PORT ${last}`);
  }
  let cause: unknown;
  for (let port = first; port <= last; port += 1) {
    try {
      return await open({ network: "tcp", address: `127.0.0.1:${port}` }, options);
    } catch (error) {
      cause = error;
    }
  }
  throw new PluginError("no-free-port", "couldn't bind plugin TCP listener", { cause });
}

function portOf(name: string, text: string): number {
  if (text === "") return 0;
  if (!/^\d{1,5}$/.test(text)) throw new PluginError("port-range-invalid", `${name} is not a port: ${text}`);
  return Number(text);
}

async function open(address: Address, { transport, services, tls }: ListenOptions): Promise<Server> {
  try {
    return await transport.listen({ address, services, ...(tls && { tls }) });
  } catch (error) {
    throw new PluginError("listen-failed", `cannot listen on ${address.address}: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
