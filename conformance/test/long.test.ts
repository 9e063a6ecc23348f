import { describe } from "node:test";
import { cancellationCases } from "../cases/cancellations.ts";
import { coercionCases } from "../cases/coercions.ts";
import { fuzzCases } from "../cases/fuzz.ts";
import { killCases } from "../cases/kills.ts";
import { kvDifferentialCases } from "../cases/kv-differential.ts";
import { kvFuzzCases } from "../cases/kv-fuzz.ts";
import { kvLoadCases } from "../cases/kv-load.ts";
import { kvManyKeysCases } from "../cases/kv-load-many.ts";
import { logCases } from "../cases/log.ts";
import { patternCases } from "../cases/patterns.ts";
import { soakCases } from "../cases/soak.ts";
import { totpDifferentialCases } from "../cases/totp-differential.ts";
import { totpRaceCases } from "../cases/totp-race.ts";
import { whereGoIs } from "../go.ts";
import { startEmbedded } from "../hosts/embedded.ts";
import { startVault } from "../hosts/vault.ts";
import { runCases } from "../suite.ts";

fuzzCases({ messages: 90_000, setups: 5_000, connections: 10_000 });

killCases({ kills: 100 });

whereGoIs("half an hour of mixed load, and ten thousand cancelled requests", () => {
  describe("Vault 1.21.4", () => {
    const load = kvLoadCases({ seconds: 120 });
    const storm = cancellationCases({ requests: 10_000, perSecond: 2_000, patienceMs: 50 });
    runCases((pluginDirectory) => startVault("1.21.4", pluginDirectory), [load, storm, logCases]);
  });
  // Some 110,000 calls of each plugin, so 45 bytes a call; compiling adds 2 MB in the same time, which a faster load ends.
  soakCases({ seconds: 1_800, settledAfterSeconds: 300, sampleEverySeconds: 10, callsPerSecond: 240, growthMb: 5 });
});

whereGoIs("values and patterns given to Go's framework too", () => {
  coercionCases({ perKind: 5_000 });
  patternCases({ count: 50_000 });
});

whereGoIs("requests to Vault's own TOTP engine and to ours, and one code offered by many clients", () => {
  describe("Vault 1.21.4", () => {
    const cases = [totpDifferentialCases({ requests: 20_000 }), totpRaceCases({ rounds: 1_000 })];
    runCases((pluginDirectory) => startVault("1.21.4", pluginDirectory), cases);
  });
});

whereGoIs("requests to the KV plugin in Go and to ours, odd values, and many secrets", () => {
  describe("Vault 1.21.4", () => {
    const cases = [
      kvDifferentialCases({ requests: 20_000 }),
      kvFuzzCases({ requests: 10_000 }),
      kvManyKeysCases({ keys: 10_000 }),
    ];
    runCases((pluginDirectory) => startVault("1.21.4", pluginDirectory), cases);
  });
  // Only OpenBao lists with details.
  describe("the embedded host like OpenBao", () => {
    const cases = [kvFuzzCases({ requests: 10_000 }), kvManyKeysCases({ keys: 10_000 })];
    runCases((pluginDirectory) => startEmbedded(pluginDirectory, "openbao"), cases);
  });
});
