import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { logCases } from "../cases/log.ts";
import { orphanCases } from "../cases/orphans.ts";
import { sealCases } from "../cases/seal.ts";
import { everyServer } from "../cases.ts";
import { startVault } from "../hosts/vault.ts";
import { hasGo } from "../hosts/vault-build.ts";
import { runCases } from "../suite.ts";

const isContinuousIntegration = ["true", "1"].includes(process.env["CI"] ?? "");

if (hasGo()) {
  describe("Vault 1.21.4", () => {
    runCases(startVault, [...everyServer, sealCases, logCases]);
    orphanCases(startVault);
  });
} else {
  // A developer without Go sees what was left out; a server that was never asked must not look like one that agreed.
  const skip = isContinuousIntegration ? false : "Go is not installed, so Vault 1.21.4 cannot be built";
  test("all cases against Vault 1.21.4", { skip }, () => assert.fail("Go is not installed, and this is CI"));
}
