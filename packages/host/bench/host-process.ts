// The server of the measurements, in a process of its own: `host-process.ts PLUGIN_DIRECTORY`. Asked for by IPC, it tells
// how much processor time and memory it has used.
import { startHost } from "@vaultwright/host";

const [pluginDirectory = ""] = process.argv.slice(2);
const { address, rootToken, close } = await startHost({ pluginDirectory });
process.on("message", () => {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000, memory: process.memoryUsage() });
});
process.on("disconnect", () => void close());
process.send?.({ address, rootToken });
