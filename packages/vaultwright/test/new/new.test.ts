import assert from "node:assert/strict";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { newPlugin } from "../../src/new/new.ts";
import { readSources } from "../../src/plugin.ts";

let below = "";

beforeEach(() => {
  below = mkdtempSync(join(tmpdir(), "vaultwright-new-"));
});

afterEach(() => rmSync(below, { recursive: true }));

for (const kind of ["secrets", "auth"] as const)
  test(`fills a template of the kind ${kind}`, async () => {
    const name = `vault-plugin-${kind}-team`;

    const folder = await newPlugin({ name, shortName: "team", kind }, below);

    const plugin = readSources(folder);
    assert.equal(plugin.name, name);
    assert.equal(plugin.mountPath, kind === "auth" ? "auth/team/" : "team/");
    assert.equal(readFileSync(join(folder, ".gitignore"), "utf8"), "node_modules/\ndist/\n");
    const files = globSync("**/*.*", { cwd: folder }).map((file) => readFileSync(join(folder, file), "utf8"));
    assert.deepEqual(
      files.filter((text) => /\{\{/.test(text)),
      [],
    );
  });

test("depends on versions of the packages that it was made with", async () => {
  const folder = await newPlugin({ name: "vault-plugin-auth-team", shortName: "team", kind: "auth" }, below);

  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const own = JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "package.json"), "utf8"));
  assert.equal(dependencies["@vaultwright/core"], own.dependencies["@vaultwright/core"]);
  assert.equal(devDependencies["@vaultwright/host"], own.dependencies["@vaultwright/host"]);
  assert.equal(devDependencies["vaultwright"], `^${own.version}`);
});

test("does not touch a folder that has something in it", async () => {
  const identity = { name: "vault-plugin-auth-team", shortName: "team", kind: "auth" } as const;
  await newPlugin(identity, below);

  await assert.rejects(newPlugin(identity, below), {
    message: /vault-plugin-auth-team exists and is not empty; choose/,
  });
});
