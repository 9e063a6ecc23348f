import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { plugins } from "../../scripts/project.ts";
import { sha256 } from "../../scripts/release/checksums.ts";
import { binaryName } from "../../scripts/release/contents.ts";
import { type Image, writeImage } from "../../scripts/release/image.ts";
import { targetsNamed } from "../../scripts/release/targets.ts";
import { whereGoIs } from "../go.ts";
import { buildGoHost } from "../hosts/go-build.ts";

const run = promisify(execFile);

interface Found {
  readonly digest: string;
  readonly entrypoint: readonly string[];
  readonly files: readonly object[];
}

whereGoIs("the library by which OpenBao fetches images of plugins", () => {
  let folder = "";
  let image: Image;
  let found: Readonly<Record<string, Found>>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "vaultwright-image-"));
    const [plugin] = plugins();
    assert.ok(plugin !== undefined);
    const binaries = targetsNamed(["linux_amd64", "linux_arm64"]).map((target) => {
      const file = binaryName({ name: "vault-plugin-auth-badge", version: "v1.2.3" }, target);
      writeFileSync(join(folder, file), target.arch, { mode: 0o755 });
      return { target, file, sha256: sha256(target.arch) };
    });
    const badge = { ...plugin, name: "vault-plugin-auth-badge", version: "v1.2.3" };
    image = await writeImage({ plugin: badge, revision: { commit: "0123abc", date: new Date(0) }, binaries, folder });
    const layout = join(folder, "layout");
    mkdirSync(layout);
    await run("tar", ["-xf", join(folder, image.file), "-C", layout]);
    const { stdout } = await run(await buildGoHost("images"), [layout]);
    found = JSON.parse(stdout);
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const arch of ["amd64", "arm64"])
    test(`finds the binary for ${arch} in the root of the image, as its entry point`, () => {
      assert.deepEqual(found[`linux/${arch}`], {
        digest: image.digest,
        entrypoint: ["/vault-plugin-auth-badge"],
        files: [{ name: "vault-plugin-auth-badge", mode: 0o755, isFile: true, sha256: sha256(arch) }],
      });
    });
});
