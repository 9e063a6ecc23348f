// `npm run test:long`: what takes minutes: nonsense sent to a compiled plugin by the hundred thousand.
import { run } from "./run.ts";

await run("node", "scripts/binaries.ts");
await run("npm", "run", "test:long", "-w", "conformance");
