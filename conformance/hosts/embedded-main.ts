// The embedded host as a process of its own, so that it can be killed: `embedded-main.ts PLUGIN_DIRECTORY DATA_DIRECTORY`.
import { startHost } from "@vaultwright/host";

const [pluginDirectory = "", dataDirectory = ""] = process.argv.slice(2);
const { address, rootToken, close } = await startHost({ pluginDirectory, dataDirectory });
process.stdin.resume().on("end", () => void close());
process.stdout.write(`${JSON.stringify({ address, rootToken })}\n`);
