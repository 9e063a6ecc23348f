import { PluginVersionDefinition } from "../gen/logical/version.ts";
import { implement } from "../rpc/service.ts";
import type { Service } from "../rpc/transport/transport.ts";

/** Tells the host the plugin's version; it needs no mount, because a failure here can crash a host that registers. */
export function createVersionService(pluginVersion: string): Service {
  return implement(PluginVersionDefinition, {
    async version() {
      return { pluginVersion };
    },
  });
}
