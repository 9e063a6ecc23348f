import { join } from "node:path";
import { cloneRepository } from "../documents/clone.ts";
import { followGuide } from "../documents/guide.ts";
import { writeInstalledNpm } from "../documents/installed-npm.ts";
import { whereGoIs } from "../go.ts";
import { startVault } from "../hosts/vault.ts";
import { buildVaultCommand } from "../hosts/vault-build.ts";

const document = "docs/fork-a-plugin.md";

whereGoIs(document, () =>
  followGuide({
    document,
    server: "Vault 1.21.4",
    start: (pluginDirectory) => startVault("1.21.4", pluginDirectory),
    command: { name: "vault", find: buildVaultCommand },
    prepare(folder) {
      cloneRepository(folder);
      writeInstalledNpm(join(folder, "..", "bin"), folder);
    },
    headings: [
      "Copy and rename",
      "See that it works",
      "Change it",
      "Build it",
      "Register it in Vault",
      "Change it again",
    ],
    whileReading: [],
    afterwards: [],
  }),
);
