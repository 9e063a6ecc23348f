import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/project.ts";
import { followGuide } from "../documents/guide.ts";
import { writeReleases } from "../documents/release.ts";
import { whereGoIs } from "../go.ts";
import { startBao } from "../hosts/bao.ts";
import { startVault } from "../hosts/vault.ts";
import { buildVaultCommand } from "../hosts/vault-build.ts";

const document = "docs/operating.md";
const first = ["Prepare the server", "Verify a download"];

whereGoIs(document, () => {
  describe("a release", () => {
    const cache = join(root, ".cache", "conformance");
    mkdirSync(cache, { recursive: true });
    const releases = mkdtempSync(join(cache, "releases-"));
    before(() => writeReleases(releases, ["0.1.0", "0.2.0"]));
    after(() => rmSync(releases, { recursive: true, force: true }));
    const files = () => releases;
    const command = { name: "vault", find: buildVaultCommand } as const;

    followGuide({
      ...{ document, command, files },
      server: "Vault 1.21.4",
      start: (pluginDirectory) => startVault("1.21.4", pluginDirectory),
      headings: [...first, "Register it", "Enable and tune it"],
      whileReading: ["Upgrade it", "Roll back"],
    });
    followGuide({
      ...{ document, command, files },
      server: "Vault 1.10.11",
      start: (pluginDirectory) => startVault("1.10.11", pluginDirectory),
      headings: [...first, "Register before Vault 1.12"],
      whileReading: ["Upgrade and roll back before Vault 1.12"],
    });

    const bao = process.env["BAO_BIN"];
    if (bao) {
      followGuide({
        ...{ document, files },
        command: { name: "bao", find: async () => bao },
        server: "OpenBao",
        start: (pluginDirectory) => startBao(bao, pluginDirectory),
        headings: [...first, "OpenBao"],
        whileReading: [],
      });
    } else {
      const skip = "BAO_BIN is not set: it names the program `bao` of OpenBao";
      test(`${document} on OpenBao`, { skip }, () => undefined);
    }
  });
});
