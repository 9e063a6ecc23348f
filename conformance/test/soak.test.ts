import { soakCases } from "../cases/soak.ts";
import { whereGoIs } from "../go.ts";

// Too short for a rule of few megabytes: garbage alone is more. What is opened and not closed shows at once.
whereGoIs("a short load from Go hosts", () => {
  soakCases({ seconds: 20, settledAfterSeconds: 5, sampleEverySeconds: 1, callsPerSecond: 240, growthMb: 35 });
});
