import assert from "node:assert/strict";
import { test } from "node:test";
import { callWithNodeVault } from "../clients/node-vault.ts";
import { compareAnswers } from "../clients/raw/compare.ts";
import { startEmbedded } from "../hosts/embedded.ts";
import { startVault } from "../hosts/vault.ts";
import { hasGo } from "../hosts/vault-build.ts";
import { register } from "../mounts.ts";
import { plugins, preparePluginDirectory } from "../plugins.ts";

const isContinuousIntegration = ["true", "1"].includes(process.env["CI"] ?? "");
const skip = isContinuousIntegration || hasGo() ? false : "Go is not installed, so no Vault can be built";

const knownDifferences: readonly (readonly [members: RegExp, reason: string])[] = [
  [/^(status|health) body\.(version|cluster_name|storage_type|build_date)$/, "a server says what it is"],
  [/^addPolicy body\.warnings\.1$/, "a body that repeats what the path says is taken without a word"],
];

test("node-vault gets the same from the embedded host and from Vault", { skip }, async () => {
  const directory = await preparePluginDirectory();
  const servers = [await startEmbedded(directory.path, "vault"), await startVault("1.21.4", directory.path)];
  try {
    for (const server of servers) for (const plugin of plugins) await register(server, plugin);

    const [ours = [], theirs = []] = await Promise.all(servers.map(callWithNodeVault));

    const differences = ours.flatMap(({ call, answer }, index) => {
      const other = theirs[index];
      if (other === undefined) return [{ call, member: "" }];
      return compareAnswers(answer, other.answer).map((difference) => ({ call, ...difference }));
    });
    assert.deepEqual(
      differences.filter(({ call, member }) => !knownDifferences.some(([known]) => known.test(`${call} ${member}`))),
      [],
    );
  } finally {
    for (const server of servers) await server.stop();
    directory.remove();
  }
});
