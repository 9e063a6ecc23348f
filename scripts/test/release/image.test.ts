import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { writeImage } from "../../release/image.ts";
import { stanzaFiles } from "../../release/image-files.ts";
import { writeRegisterJson } from "../../release/register-files.ts";
import { checkImage } from "../../release/verify/image.ts";
import { openRelease } from "../../release/verify/release.ts";
import { binaryContent, sampleContents } from "./contents.ts";

const { plugin, revision, binaries } = sampleContents();
let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "vaultwright-images-"));
  folder = join(parent, "vault-plugin-auth-badge_1.2.3");
  execFileSync("mkdir", [folder]);
  for (const { file } of binaries) writeFileSync(join(folder, file), binaryContent, { mode: 0o755 });
  writeFileSync(join(folder, "vault-plugin-auth-badge_1.2.3_SHA256SUMS"), "");
  writeFileSync(join(folder, "vault-plugin-auth-badge_1.2.3_register.json"), writeRegisterJson(plugin, binaries));
});

afterEach(() => rmSync(parent, { recursive: true }));

test("an image holds the binary of each processor in its root, and starts it", async () => {
  const image = await writeImage({ plugin, revision, binaries, folder });
  for (const [file, text] of stanzaFiles(plugin, binaries, image)) writeFileSync(join(folder, file), text);

  assert.equal(await checkImage(openRelease(folder)), `${image.digest} for linux/amd64, linux/arm64`);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith(".")),
    [],
  );
});

test("an image has the same bytes each time", async () => {
  const first = await writeImage({ plugin, revision, binaries, folder });
  const bytes = readFileSync(join(folder, first.file));
  const second = await writeImage({ plugin, revision, binaries, folder });

  assert.equal(second.digest, first.digest);
  assert.ok(readFileSync(join(folder, second.file)).equals(bytes));
});

test("an image with another binary than the one that is registered is found", async () => {
  for (const { file } of binaries) writeFileSync(join(folder, file), "another", { mode: 0o755 });
  await writeImage({ plugin, revision, binaries, folder });

  await assert.rejects(checkImage(openRelease(folder)), { message: "the image for linux_amd64 has another binary" });
});
