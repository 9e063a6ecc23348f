// `npm run test:servers`: the compiled binaries in real servers, which are built from their Go modules.
import { run } from "./run.ts";

await run("node", "scripts/binaries.ts");
await run("node", "conformance/hosts/build-servers.ts");
await run("npm", "run", "test:servers", "-w", "conformance");
await run("npm", "run", "test:servers", "-w", "examples");
await run("npm", "run", "test:servers", "-w", "scripts");

// Every test of processes once more, by the transport that is not the default.
process.env["VAULTWRIGHT_TRANSPORT"] = "grpc-js";
await run("npm", "run", "test:processes", "-w", "packages/core");
