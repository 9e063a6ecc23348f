import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { compareAnswers } from "../clients/raw/compare.ts";
import { knownDifferences } from "../clients/raw/differences.ts";
import { groupsPlugin, writeGroupsPlugin } from "../clients/raw/groups-plugin.ts";
import { leasesPlugin, writeLeasesPlugin } from "../clients/raw/leases-plugin.ts";
import { type Exchange, play, type Scenario } from "../clients/raw/scenario.ts";
import { httpScenarios } from "../clients/raw/scenarios/http.ts";
import { identityScenarios } from "../clients/raw/scenarios/identities.ts";
import { kvScenarios } from "../clients/raw/scenarios/kv.ts";
import { leaseScenarios } from "../clients/raw/scenarios/leases.ts";
import { loginScenarios } from "../clients/raw/scenarios/logins.ts";
import { mountScenarios } from "../clients/raw/scenarios/mounts.ts";
import { policyScenarios } from "../clients/raw/scenarios/policies.ts";
import { systemScenarios } from "../clients/raw/scenarios/system.ts";
import { tokenScenarios } from "../clients/raw/scenarios/tokens.ts";
import { versionScenarios } from "../clients/raw/scenarios/versions.ts";
import { startEmbedded } from "../hosts/embedded.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { startVault } from "../hosts/vault.ts";
import { hasGo } from "../hosts/vault-build.ts";
import { register } from "../mounts.ts";
import { type PluginDirectory, plugins, preparePluginDirectory } from "../plugins.ts";

const isContinuousIntegration = ["true", "1"].includes(process.env["CI"] ?? "");
const skip = isContinuousIntegration || hasGo() ? false : "Go is not installed, so no Vault can be built";

const scenarios: readonly Scenario[] = [
  ...httpScenarios,
  ...mountScenarios,
  ...tokenScenarios,
  ...loginScenarios,
  ...systemScenarios,
  ...policyScenarios,
  ...identityScenarios,
  ...kvScenarios,
  ...leaseScenarios,
  ...versionScenarios,
];

describe("raw requests have the same answers from the embedded host and from Vault", { skip }, () => {
  const found = new Set<object>();
  let directory: PluginDirectory | undefined;
  const servers: ServerUnderTest[] = [];

  before(async () => {
    directory = await preparePluginDirectory();
    writeGroupsPlugin(directory.path);
    writeLeasesPlugin(directory.path);
    servers.push(await startEmbedded(directory.path, "vault"), await startVault("1.21.4", directory.path));
    for (const server of servers)
      for (const plugin of [...plugins, groupsPlugin, leasesPlugin]) await register(server, plugin);
  });

  for (const scenario of scenarios) {
    test(scenario.name, async () => {
      const [ours = [], theirs = []] = await Promise.all(servers.map((server) => play(server, scenario)));

      assert.deepEqual(
        ours.flatMap((exchange, index) => unexplained(exchange, theirs[index], found)),
        [],
      );
    });
  }

  test("each known difference is still there", () => {
    assert.deepEqual(
      knownDifferences.filter((known) => !found.has(known)),
      [],
    );
  });

  after(async () => {
    for (const server of servers) await server.stop();
    directory?.remove();
  });
});

function unexplained({ request, answer }: Exchange, other: Exchange | undefined, found: Set<object>): object[] {
  if (other === undefined) return [{ request, problem: "Vault was not asked" }];
  return compareAnswers(answer, other.answer).flatMap((difference) => {
    const known = knownDifferences.find(
      ({ requests, members }) => requests.test(request) && (members?.test(difference.member) ?? true),
    );
    if (known === undefined) return [{ request, ...difference }];
    found.add(known);
    return [];
  });
}
