import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Duplex, pipeline } from "node:stream";
import type { Address } from "./transport.ts";

/** A socket in a directory that nobody else may enter. */
export interface PrivateSocket {
  readonly address: Address;
  remove(): void;
}

/**
 * Chooses a private socket's path, beside the socket that carries its connections: whoever made that place removes it
 * after this process, also when the process was killed.
 */
export function makePrivateSocket(carrier: Address): PrivateSocket {
  const directory = makeDirectory(carrier);
  const remove = () => {
    process.off("exit", remove);
    rmSync(directory, { recursive: true, force: true });
  };
  process.on("exit", remove);
  return { address: { network: "unix", address: join(directory, "s") }, remove };
}

// With what follows it is no longer than the name of the socket beside it, which was found to fit.
const prefix = "plugin-";

function makeDirectory({ network, address }: Address): string {
  const beside = network === "unix" ? dirname(address) : tmpdir();
  const directory = mkdtemp(beside) ?? mkdtempSync(join(tmpdir(), prefix));
  chmodSync(directory, 0o700);
  return directory;
}

function mkdtemp(parent: string): string | undefined {
  try {
    return mkdtempSync(join(parent, prefix));
  } catch {
    // The other side may have made the place for its own user only.
    return undefined;
  }
}

/** Brings connections to a socket, each by one of its own. */
export async function bridgeToSocket(connections: AsyncIterable<Duplex>, { address }: PrivateSocket): Promise<void> {
  try {
    for await (const connection of connections) joinStreams(connection, createConnection({ path: address.address }));
  } catch {
    // Whoever makes the connections knows why there are no more.
  }
}

/** Listens on a private socket, and gets for each of its connections one elsewhere. */
export function bridgeFromSocket(
  carrier: Address,
  connect: () => Promise<Duplex>,
): { readonly address: Address; close(): void } {
  const socket = makePrivateSocket(carrier);
  const sockets = new Set<Duplex>();
  const server = createServer({ allowHalfOpen: true }, (incoming) => {
    sockets.add(incoming);
    incoming.on("close", () => sockets.delete(incoming));
    // Reported to the connection that goes with it, and the transport sees it close.
    incoming.on("error", () => {});
    connect().then(
      (connection) => joinStreams(connection, incoming),
      () => incoming.destroy(),
    );
  });
  // It lives as long as the process has something else to do.
  server.unref();
  server.listen(socket.address.address);
  return {
    address: socket.address,
    close() {
      server.close();
      for (const incoming of sockets) incoming.destroy();
      socket.remove();
    },
  };
}

function joinStreams(one: Duplex, other: Duplex): void {
  const destroyBoth = (error: Error | null | undefined) => {
    if (!error) return;
    one.destroy();
    other.destroy();
  };
  pipeline(one, other, destroyBoth);
  pipeline(other, one, destroyBoth);
}
