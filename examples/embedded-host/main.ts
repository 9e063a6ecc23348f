import { startHost } from "@vaultwright/host";

const host = await startHost({ pluginDirectory: "dist/bin", dataDirectory: ".vaultwright" });
console.log(host.address, host.rootToken);
await host.close();
