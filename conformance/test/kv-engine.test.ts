import { describe } from "node:test";
import { kvDifferentialCases } from "../cases/kv-differential.ts";
import { whereGoIs } from "../go.ts";
import { startVault } from "../hosts/vault.ts";
import { runCases } from "../suite.ts";

whereGoIs("requests to the KV plugin in Go and to ours", () => {
  describe("Vault 1.21.4", () => {
    runCases((pluginDirectory) => startVault("1.21.4", pluginDirectory), [kvDifferentialCases({ requests: 2_000 })]);
  });
});
