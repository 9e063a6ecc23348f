// `npm run release:plan`: says whether versions are to be counted, and which plugins have no release of their version.
import { formatPlan, readPlan } from "./release/plan.ts";

process.stdout.write(formatPlan(await readPlan()));
