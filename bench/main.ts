// `npm run bench`: our plugins and Go's side by side in a real Vault. README.md says what is measured, and how.
import { hasGo } from "../conformance/hosts/vault-build.ts";
import { run } from "../scripts/run.ts";
import { contestantsOf } from "./contestants.ts";
import { buildGoPrograms } from "./go-programs.ts";
import { benchGrowth } from "./growth-bench.ts";
import { loadBefore, wasBusy } from "./machine.ts";
import { type Options, parseOptions, usage } from "./options.ts";
import { growthText, tableText } from "./report/report.ts";
import { writeReport } from "./report/write-report.ts";
import { benchTable } from "./table-bench.ts";

const options = parseOptions(process.argv.slice(2));
if (options === "help") console.log(usage);
else await bench(options);

async function bench(options: Options): Promise<void> {
  if (process.platform !== "linux") throw new Error("the bench reads /proc, so it runs on Linux only");
  if (!hasGo()) throw new Error("the bench compares with plugins in Go; install Go 1.26 or newer");
  if (wasBusy(loadBefore))
    console.error(`the load of this machine is ${loadBefore.toFixed(2)}: something else is running`);
  if (options.compiles) await run("node", "scripts/binaries.ts");
  console.error("building the Go programs");
  const go = await buildGoPrograms();
  const contestants = contestantsOf(options, go);
  if (options.measuresGrowth) {
    let text = "";
    for await (const growth of benchGrowth(options, go.load, contestants)) {
      text = growthText(growth);
      if (options.only === undefined) await writeReport({ growth });
    }
    console.log(text);
    return;
  }
  const table = await benchTable(options, go.load, contestants);
  console.log(tableText(table));
  if (options.only === undefined) await writeReport({ table });
}
