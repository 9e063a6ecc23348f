import { describe } from "node:test";
import { totpDifferentialCases } from "../cases/totp-differential.ts";
import { whereGoIs } from "../go.ts";
import { startVault } from "../hosts/vault.ts";
import { runCases } from "../suite.ts";

whereGoIs("requests to Vault's own TOTP engine and to ours", () => {
  describe("Vault 1.21.4", () => {
    runCases((pluginDirectory) => startVault("1.21.4", pluginDirectory), [totpDifferentialCases({ requests: 2_000 })]);
  });
});
