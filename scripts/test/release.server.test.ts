import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { generateKey } from "openpgp";
import { plugins } from "../project.ts";
import { releasePlugin } from "../release/release-plugin.ts";
import { readRevision } from "../release/revision.ts";
import { installRuntimes } from "../release/runtimes.ts";
import { keyVariables, readSigningKey } from "../release/signature.ts";
import { targetsNamed } from "../release/targets.ts";
import { checks } from "../release/verify/checks.ts";
import { openRelease, type Release } from "../release/verify/release.ts";

let output: string;
let release: Release;
const policy = { isSignatureRequired: true };

before(async () => {
  output = mkdtempSync(join(tmpdir(), "vaultwright-release-"));
  const { privateKey } = await generateKey({ userIDs: { name: "Releases" } });
  process.env[keyVariables.key] = privateKey;
  const totp = plugins().find(({ name }) => name === "vault-plugin-secrets-totp");
  assert.ok(totp !== undefined);
  await installRuntimes();
  const targets = targetsNamed(["linux_amd64", "darwin_amd64"]);
  const [key, revision] = [await readSigningKey(), await readRevision()];
  release = openRelease(await releasePlugin(totp, { targets, revision, output, key, report: () => {} }));
});

after(() => {
  delete process.env[keyVariables.key];
  rmSync(output, { recursive: true });
});

for (const { title, run } of checks) {
  test(`a release passes the check of its ${title}`, async () => {
    assert.notEqual(await run(release, policy), "");
  });
}

test("a binary that was changed after the release is found", async () => {
  const [hashes] = checks;
  const file = release.binaries[0]?.file ?? "";
  appendFileSync(join(release.folder, file), "more");

  await assert.rejects(async () => hashes?.run(release, policy), {
    message: `${file} has another SHA-256 than SHA256SUMS says`,
  });
});
