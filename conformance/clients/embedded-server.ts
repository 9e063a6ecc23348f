// The embedded host as a process that says where it is as the built Vault does: `embedded-server.ts PLUGIN_DIRECTORY`.
import { startHost } from "@vaultwright/host";

const [pluginDirectory = ""] = process.argv.slice(2);
const { address, rootToken, unsealKey, close } = await startHost({ pluginDirectory });
process.stdin.resume().on("end", () => void close());
process.stdout.write(`${JSON.stringify({ address, root_token: rootToken, unseal_key: unsealKey })}\n`);
