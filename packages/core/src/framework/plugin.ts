import type { Backend, BackendType, Call, Initialization } from "../logical/backend.ts";
import { failureOf } from "../logical/failure.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import type { SpecialPaths } from "../logical/special-paths.ts";
import { callOf } from "./call-of.ts";
import { collectSpecialPaths } from "./collect-special-paths.ts";
import { DefinitionError } from "./definition-error.ts";
import { checkExistence, dispatch } from "./dispatch.ts";
import { rememberListed } from "./listed.ts";
import type { Path } from "./path.ts";
import type { Stored } from "./stored.ts";
import type { WalAnswers } from "./write-ahead-log.ts";

/** What secrets engines and auth methods have in common. */
export interface PluginDefinition {
  /** The text of the plugin's help. */
  readonly help: string;
  /** The first path that matches a request answers it. */
  readonly paths: readonly Path[];
  /** The stored things whose settings (`sealWrap`, `local`) the host must know. */
  readonly stored?: readonly Stored[];
  /** Special paths beyond those that paths and stored things ask for. */
  readonly specialPaths?: SpecialPaths;
  /** Runs once the mount's storage is writable; what it throws is told to whoever mounts, but Vault keeps the mount. */
  readonly initialize?: (context: Call & { readonly initialization: Initialization }) => Promise<void> | void;
  /** The kinds of note about work outside of storage that is undone when it was left half done. */
  readonly writeAheadLogs?: readonly WalAnswers[];
  /** Runs about once a minute. */
  readonly periodic?: (context: Call & { readonly request: Request }) => Promise<void> | void;
  /** Vault only: rotates the credential that a registered rotation job is for. */
  readonly rotateCredential?: (context: Call & { readonly request: Request }) => Promise<void> | void;
  /** Drops what is cached of a storage key that another node changed. */
  readonly invalidate?: (key: string, call: Call) => Promise<void> | void;
  /** Runs before the mount is disabled, reloaded or sealed. */
  readonly cleanup?: (call: Call) => Promise<void> | void;
}

/** How a plugin answers for its leases. */
export interface LeaseAnswers {
  renew(request: Request, call: Call): Promise<Response | undefined>;
  revoke(request: Request, call: Call): Promise<undefined>;
  /** Throws for a response that hands out a lease which could never be renewed or revoked. */
  checkIssued?(response: Response): void;
}

/** A definition with what it answers for its leases. */
export type Plugin = PluginDefinition & LeaseAnswers & { readonly type: BackendType };

const paths = new WeakMap<Backend, readonly Path[]>();

/** Gives the paths that a backend was defined with, for tests; a backend that was made otherwise has none. */
export function pathsOf(backend: Backend): readonly Path[] {
  return paths.get(backend) ?? [];
}

/** Makes the backend of a definition; it holds no state. */
export function makeBackend(type: BackendType, definition: PluginDefinition & LeaseAnswers): Backend {
  const plugin: Plugin = { ...definition, type };
  const twice = plugin.paths.find((path, index) => plugin.paths.findIndex((p) => p.pattern === path.pattern) !== index);
  if (twice)
    throw new DefinitionError(`path "${twice.pattern}" is defined twice, so the second would never be reached`);
  const kinds = (plugin.writeAheadLogs ?? []).map((log) => log.kind);
  const kind = kinds.find((each, index) => kinds.indexOf(each) !== index);
  if (kind !== undefined) throw new DefinitionError(`two write-ahead logs have the kind "${kind}"`);
  rememberListed(plugin.stored, plugin.writeAheadLogs);
  const backend: Backend = {
    type,
    specialPaths: collectSpecialPaths(plugin),
    handleRequest: (request, call) => dispatch(plugin, request, call),
    checkExistence: (request, call) => checkExistence(plugin, request, call),
    async initialize(initialization, call) {
      await failingAs("initialization", call, () => plugin.initialize?.({ ...callOf(call), initialization }));
    },
    async invalidate(key, call) {
      await failingAs("invalidation", call, () => plugin.invalidate?.(key, call));
    },
    async cleanup(call) {
      await failingAs("cleanup", call, () => plugin.cleanup?.(call));
    },
  };
  paths.set(backend, plugin.paths);
  return backend;
}

async function failingAs(what: string, call: Call, work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    throw failureOf(thrown, { what, signal: call.signal, log: call.log });
  }
}
