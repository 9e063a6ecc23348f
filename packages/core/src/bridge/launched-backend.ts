import type { BackendDefinition } from "../gen/pb/backend.ts";
import type { Backend, Call, Initialization } from "../logical/backend.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import type { SpecialPaths } from "../logical/special-paths.ts";
import type { Client } from "../rpc/service.ts";
import type { CallOptions, Metadata } from "../rpc/transport/transport.ts";
import { errorFromWire } from "../wire/errors.ts";
import { existenceFromWire } from "../wire/existence.ts";
import { initializationToWire } from "../wire/initialization.ts";
import { replyFromWire } from "../wire/reply.ts";
import { requestToWire } from "../wire/request.ts";
import { PluginGone } from "./plugin-gone.ts";
import type { ProcessLife } from "./process-life.ts";

/** What the host gives with each call; the rest of a {@link Call} is the mount's own and was given at `mount`. */
export type HostCall = Pick<Call, "signal">;

/** A mount of a launched plugin. Its calls throw `PluginGone` once the process has ended. */
export interface LaunchedBackend extends Backend {
  /** Makes the mount's storage writable and lets the backend begin. What it throws is told to whoever mounts; Vault keeps the mount. */
  initialize(initialization: Initialization, call: HostCall): Promise<void>;
  handleRequest(request: Request, call: HostCall): Promise<Response | undefined>;
  checkExistence(request: Request, call: HostCall): Promise<boolean | undefined>;
  invalidate(key: string, call: HostCall): Promise<void>;
  /** Ends the mount: the backend's cleanup runs, and nothing serves the mount any more. The process lives on. */
  cleanup(call: HostCall): Promise<void>;
  /** The version that the plugin reports, empty when it reports none. */
  version(call?: Partial<HostCall>): Promise<string>;
}

/** What a mount is made of after its setup. */
export interface LaunchedParts {
  readonly type: Backend["type"];
  readonly specialPaths: SpecialPaths;
  readonly client: Client<typeof BackendDefinition>;
  readonly metadata: Metadata;
  readonly life: ProcessLife;
  askVersion(options: CallOptions): Promise<string>;
  allowWrites(): void;
  /** Stops serving the mount. */
  close(): Promise<void>;
}

/** Makes a mount of a launched plugin look like a backend. */
export function createLaunchedBackend(parts: LaunchedParts): LaunchedBackend {
  const { type, specialPaths, client, metadata, life, askVersion, allowWrites, close } = parts;

  function ask<T>(call: (options: CallOptions) => Promise<T>, { signal }: Partial<HostCall>): Promise<T> {
    return life.during(() => call(signal ? { metadata, signal } : { metadata }), signal);
  }

  return {
    type,
    specialPaths,
    async initialize(initialization, call) {
      allowWrites();
      const args = initializationToWire(initialization);
      const { err } = await ask((options) => client.initialize(args, options), call);
      const error = errorFromWire(err);
      if (error) throw error;
    },
    async handleRequest(request, call) {
      const args = { storageId: 0, request: requestToWire(request) };
      const outcome = replyFromWire(await ask((options) => client.handleRequest(args, options), call));
      if ("error" in outcome) throw outcome.error;
      return outcome.response;
    },
    async checkExistence(request, call) {
      const args = { storageId: 0, request: requestToWire(request) };
      const outcome = existenceFromWire(await ask((options) => client.handleExistenceCheck(args, options), call));
      if ("error" in outcome) throw outcome.error;
      return outcome.exists;
    },
    async invalidate(key, call) {
      await ask((options) => client.invalidateKey({ key }, options), call);
    },
    async cleanup(call) {
      try {
        await ask((options) => client.cleanup({}, options), call);
      } catch (error) {
        // A process that has ended has nothing left to clean up.
        if (!(error instanceof PluginGone)) throw error;
      } finally {
        await close();
      }
    },
    version: (call = {}) => ask(askVersion, call),
  };
}
