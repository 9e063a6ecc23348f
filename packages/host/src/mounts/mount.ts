import type { Response } from "@vaultwright/core/launch";
import type { HostResponse, RequestContext } from "../requests/context.ts";
import type { MountEntry } from "./mount-entry.ts";

/** Something that answers below a path: a plugin, or the host itself. */
export interface Mount {
  readonly entry: MountEntry;
  readonly fullPath: string;
  /** Keeps a changed entry; only what the host itself has there and lets be tuned has this. */
  readonly keep?: (entry: MountEntry) => void;
  /** Makes ready what a request needs; a plugin that could not be started before is tried again. */
  prepare(): Promise<void>;
  /** Whether a path within it needs `sudo`. */
  needsSudo(path: string): boolean;
  /** Whether a path within it needs no token. */
  isUnauthenticated(path: string): boolean;
  /** Says whether what a write addresses exists; nothing where that is not checked. */
  checkExistence(context: RequestContext): Promise<boolean | undefined>;
  handle(context: RequestContext): Promise<Response | HostResponse | undefined>;
}
