import { buildStamp } from "../build-stamp.ts";
import type { Factory } from "../logical/backend.ts";
import { type PluginContext, servePlugin } from "../rpc/serve.ts";
import type { TlsProvider } from "../rpc/tls-material.ts";
import type { Service } from "../rpc/transport/transport.ts";
import { createBackendService } from "./backend-service.ts";
import { pluginCookie } from "./cookie.ts";
import { hostOf, hostPrefixes } from "./host-product.ts";
import { multiplexingService } from "./multiplexing-service.ts";
import { unwrapProvider } from "./unwrap/unwrap-provider.ts";
import { createVersionService } from "./version-service.ts";

/** How a plugin's mounts are served. */
export interface ServeBackendOptions {
  /** What the host is told, `vX.Y.Z`. */
  readonly version: string;
  /** Lines for somebody who starts the plugin by hand. */
  readonly usage: readonly string[];
  readonly tlsProvider: TlsProvider | undefined;
}

/** Serves a factory's mounts in every version of the protocol that hosts speak. */
export async function serveBackend(factory: Factory, options: ServeBackendOptions): Promise<void> {
  const { version, usage, tlsProvider = unwrapProvider } = options;

  function serviceOf(context: PluginContext, isMultiplexed: boolean): Service {
    const { broker, log, environment, removeSocket } = context;
    const isMetadataMode = environment.metadataMode;
    const host = hostOf(environment);
    // Hosts are told a version and nothing else; what else identifies a release goes to their log.
    if (buildStamp !== undefined && !isMetadataMode) log.info("plugin of a release", { version, ...buildStamp });
    return createBackendService({ factory, broker, log, isMultiplexed, isMetadataMode, host, onEnd: removeSocket });
  }
  const forOneMount = (context: PluginContext) => [serviceOf(context, false), createVersionService(version)];
  const forManyMounts = (context: PluginContext) => [
    serviceOf(context, true),
    createVersionService(version),
    multiplexingService,
  ];
  await servePlugin({
    cookie: pluginCookie,
    prefixes: hostPrefixes,
    usage,
    tlsProvider,
    descriptors: async () => Buffer.from((await import("../gen/descriptors.ts")).descriptors, "base64"),
    versions: new Map([
      [3, forOneMount],
      [4, forOneMount],
      [5, forManyMounts],
    ]),
  });
}
