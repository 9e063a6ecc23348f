import { PluginMultiplexingDefinition } from "../gen/pluginutil/multiplexing.ts";
import { implement } from "../rpc/service.ts";
import type { Service } from "../rpc/transport/transport.ts";

/** Tells the host that this process serves several mounts. */
export const multiplexingService: Service = implement(PluginMultiplexingDefinition, {
  async multiplexingSupport() {
    return { supported: true };
  },
});
