import { lstatSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Address } from "./transport/transport.ts";

/** A private place for the sockets of one plugin's process and of its host. */
export interface SocketDirectory {
  /** Undefined where there are no sockets. */
  readonly path: string | undefined;
  /** Removes the directory with what is left in it; also when it was done before. */
  remove(): void;
}

const present = new Set<string>();

/** Makes the directory. It is also removed when this process ends, unless it is killed. */
export function makeSocketDirectory(): SocketDirectory {
  if (process.platform === "win32") return { path: undefined, remove() {} };
  const path = mkdtempSync(join(tmpdir(), "plugin-dir"));
  if (present.size === 0) process.on("exit", removeAll);
  present.add(path);
  return {
    path,
    remove() {
      removeQuietly(path);
      present.delete(path);
      if (present.size === 0) process.off("exit", removeAll);
    },
  };
}

function removeAll(): void {
  for (const path of present) removeQuietly(path);
}

/**
 * Removes the socket of a plugin that was killed and has put it elsewhere, as plugins by older libraries do.
 *
 * The path is the plugin's word, so nothing is removed that does not look like such a socket.
 */
export function removeSocketOf({ network, address }: Address): void {
  if (network !== "unix" || !basename(address).startsWith("plugin")) return;
  if (isSocket(address)) removeQuietly(address);
}

function isSocket(path: string): boolean {
  try {
    return lstatSync(path).isSocket();
  } catch {
    return false;
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Litter is no reason to fail, and nobody could do anything about it here.
  }
}
