import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authServerCases } from "../cases/auth-server.ts";
import { kvLoadCases } from "../cases/kv-load.ts";
import { logCases } from "../cases/log.ts";
import { openApiCases } from "../cases/openapi.ts";
import { orphanCases } from "../cases/orphans.ts";
import { scanCases } from "../cases/scans.ts";
import { sealCases } from "../cases/seal.ts";
import { twoProcessCases } from "../cases/two-processes.ts";
import { everyServer } from "../cases.ts";
import { whereGoIs } from "../go.ts";
import { startBao } from "../hosts/bao.ts";
import { startVault } from "../hosts/vault.ts";
import type { VaultVersion } from "../hosts/vault-build.ts";
import { type Cases, runCases } from "../suite.ts";

const versions: readonly VaultVersion[] = ["1.21.4", "1.10.11"];
const own: Readonly<Record<VaultVersion, readonly Cases[]>> = {
  "1.21.4": [authServerCases, openApiCases, kvLoadCases({ seconds: 10 })],
  "1.10.11": [twoProcessCases, openApiCases],
};

whereGoIs("all cases against real Vaults", () => {
  for (const version of versions) {
    describe(`Vault ${version}`, () => {
      const start = (pluginDirectory: string) => startVault(version, pluginDirectory);
      runCases(start, [...everyServer, ...own[version], sealCases, logCases]);
      orphanCases(start);
    });
  }
});

const bao = process.env["BAO_BIN"];
if (bao) {
  describe("OpenBao", () => {
    const start = (pluginDirectory: string) => startBao(bao, pluginDirectory);
    runCases(start, [...everyServer, scanCases, authServerCases, openApiCases, sealCases, logCases]);
    orphanCases(start);
  });
} else {
  // There is no module to build it from, so nobody can be made to have it.
  const skip = "BAO_BIN is not set: it names the program `bao` of OpenBao to run the cases against";
  test("all cases against OpenBao", { skip }, () => assert.fail(skip));
}
