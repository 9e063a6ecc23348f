import { PluginMultiplexingDefinition } from "../gen/pluginutil/multiplexing.ts";
import { clientOf, implement } from "../rpc/service.ts";
import { RpcError } from "../rpc/status.ts";
import type { CallOptions, Channel, Service } from "../rpc/transport/transport.ts";

/** Tells the host that this process serves several mounts. */
export const multiplexingService: Service = implement(PluginMultiplexingDefinition, {
  async multiplexingSupport() {
    return { supported: true };
  },
});

/** Asks a plugin whether one process of it serves several mounts; one without this service does not. */
export async function supportsMultiplexing(channel: Channel, options?: CallOptions): Promise<boolean> {
  try {
    return (await clientOf(PluginMultiplexingDefinition, channel).multiplexingSupport({}, options)).supported;
  } catch (error) {
    if (error instanceof RpcError && error.status === "unimplemented") return false;
    throw error;
  }
}
