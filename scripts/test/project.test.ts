import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { plugins } from "../project.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vaultwright-plugins-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function addPlugin(directory: string, name: string): void {
  mkdirSync(join(folder, directory));
  writeFileSync(join(folder, directory, "package.json"), JSON.stringify({ name, version: "1.2.3" }));
}

test("takes type and mount path of a plugin from its name", () => {
  addPlugin("a", "vault-plugin-auth-corp-badge");
  addPlugin("b", "@corp/openbao-plugin-secrets-auth-notes");

  const found = plugins(folder);

  assert.deepEqual(
    found.map(({ name, version, type, mountPath }) => ({ name, version, type, mountPath })),
    [
      { name: "vault-plugin-auth-corp-badge", version: "v1.2.3", type: "auth", mountPath: "auth/corp-badge/" },
      { name: "openbao-plugin-secrets-auth-notes", version: "v1.2.3", type: "secret", mountPath: "auth-notes/" },
    ],
  );
});

test("looks only at folders with a manifest", () => {
  mkdirSync(join(folder, "left-over"));
  writeFileSync(join(folder, "notes.txt"), "");

  assert.deepEqual(plugins(folder), []);
});

test("refuses a name that does not tell the type", () => {
  addPlugin("a", "badges");

  assert.throws(() => plugins(folder), /the name badges must be like vault-plugin-secrets-NAME or vault-plugin-auth-N/);
});

test("refuses a copy that was not renamed", () => {
  addPlugin("copy", "vault-plugin-auth-example");
  addPlugin("original", "vault-plugin-auth-example");

  assert.throws(() => plugins(folder), /copy and .*original have the same name vault-plugin-auth-example; change it/);
});
