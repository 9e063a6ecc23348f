// `npm run test:long`: what takes minutes: nonsense sent to a compiled plugin by the hundred thousand, half an hour of
// mixed load, and ten thousand requests cancelled in a real Vault; and ten thousand one-time codes held against oathtool.
import { run } from "./run.ts";

await run("node", "scripts/binaries.ts");
await run("npm", "run", "test:long", "-w", "conformance");
await run("npm", "run", "test:long", "-w", "plugins/totp");
