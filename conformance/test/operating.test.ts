import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/project.ts";
import { cloneRepository } from "../documents/clone.ts";
import { followGuide, guideTimeoutMs } from "../documents/guide.ts";
import { writeReleases } from "../documents/release.ts";
import { whereGoIs } from "../go.ts";
import { startBao } from "../hosts/bao.ts";
import { startVault } from "../hosts/vault.ts";
import { buildVaultCommand } from "../hosts/vault-build.ts";

const document = "docs/operating.md";
const command = { name: "vault", find: buildVaultCommand } as const;
const first = ["Prepare the server", "Verify a download"];

whereGoIs(document, () => {
  followGuide({
    ...{ document, command },
    server: "a clone of the repository",
    start: (pluginDirectory) => startVault("1.21.4", pluginDirectory),
    prepare: cloneRepository,
    headings: ["Build it yourself"],
    whileReading: [],
    afterwards: [],
  });

  describe("a release", { timeout: 2 * guideTimeoutMs }, () => {
    const cache = join(root, ".cache", "conformance");
    mkdirSync(cache, { recursive: true });
    const releases = mkdtempSync(join(cache, "releases-"));
    before(() => writeReleases(releases, ["0.1.0", "0.2.0"]));
    after(() => rmSync(releases, { recursive: true, force: true }));
    // Linked, so that they take no space.
    const prepare = (folder: string) => {
      for (const name of readdirSync(releases)) linkSync(join(releases, name), join(folder, name));
    };

    followGuide({
      ...{ document, command, prepare },
      server: "Vault 1.21.4",
      start: (pluginDirectory) => startVault("1.21.4", pluginDirectory),
      headings: [...first, "Register it", "Enable and tune it"],
      whileReading: ["Upgrade it", "Roll back"],
      afterwards: ["When its process dies", "Watch it", "Read its log", "Limit what it can do"],
    });
    followGuide({
      ...{ document, command, prepare },
      server: "Vault 1.10.11",
      start: (pluginDirectory) => startVault("1.10.11", pluginDirectory),
      headings: [...first, "Register before Vault 1.12"],
      whileReading: ["Upgrade and roll back before Vault 1.12"],
      afterwards: [],
    });

    const bao = process.env["BAO_BIN"];
    if (bao) {
      followGuide({
        ...{ document, prepare },
        command: { name: "bao", find: async () => bao },
        server: "OpenBao",
        start: (pluginDirectory) => startBao(bao, pluginDirectory),
        headings: [...first, "OpenBao"],
        whileReading: [],
        afterwards: [],
      });
    } else {
      const skip = "BAO_BIN is not set: it names the program `bao` of OpenBao";
      test(`${document} on OpenBao`, { skip }, () => undefined);
    }
  });
});
