// `npm test`: everything that needs neither Go nor a server: the tests of each workspace, also those that start
// processes, then the compiled binaries driven over the wire through the embedded host.
import { run } from "./run.ts";

await run("node", "scripts/binaries.ts");
await run("turbo", "run", "test", "test:processes", "--output-logs=new-only");
await run("turbo", "run", "test:binaries", "--output-logs=new-only");
