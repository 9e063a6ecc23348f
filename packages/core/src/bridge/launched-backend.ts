import type { Backend, Call, Initialization } from "../logical/backend.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";

/** What the host gives with each call; the rest of a {@link Call} is the mount's own and was given at `mount`. */
export type HostCall = Pick<Call, "signal">;

/** A mount of a launched plugin. Its calls throw `PluginGone` once the process has ended. */
export interface LaunchedBackend extends Backend {
  /** Makes the mount's storage writable and lets the backend begin; what the backend throws makes the mount fail. */
  initialize(initialization: Initialization, call: HostCall): Promise<void>;
  handleRequest(request: Request, call: HostCall): Promise<Response | undefined>;
  checkExistence(request: Request, call: HostCall): Promise<boolean | undefined>;
  invalidate(key: string, call: HostCall): Promise<void>;
  /** Ends the mount: the backend's cleanup runs, and nothing serves the mount any more. The process lives on. */
  cleanup(call: HostCall): Promise<void>;
  /** The version that the plugin reports, empty when it reports none. */
  version(options?: HostCall): Promise<string>;
}
