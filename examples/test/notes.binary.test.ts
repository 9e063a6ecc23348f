import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type RunningHost, startHost } from "@vaultwright/host";
import { compile } from "../../scripts/compile.ts";
import { register } from "../../scripts/start/load.ts";
import { connectServer, mustSucceed, type VaultServer } from "../../scripts/start/server.ts";

const name = "vault-plugin-secrets-notes";
let directory: string;
let host: RunningHost;
let server: VaultServer;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), "vaultwright-notes-"));
  const file = join(directory, name);
  await compile(join(import.meta.dirname, "..", "notes", "main.ts"), file);
  host = await startHost({ pluginDirectory: directory, address: { host: "127.0.0.1", port: 0 } });
  server = connectServer(new URL(host.address), host.rootToken);
  await register(server, { name, version: "v0.1.0", type: "secret" }, file);
  await mustSucceed("mount", server.client.write("sys/mounts/notes", { type: name }));
});

after(async () => {
  await host?.close();
  await rm(directory, { recursive: true });
});

test("keeps a note", async () => {
  await mustSucceed("write", server.client.write("notes/notes/launch", { text: "ask Ada" }));

  const answer = await server.client.read("notes/notes/launch");

  assert.equal(answer.status, 200);
  assert.deepEqual(answer.at("data"), { text: "ask Ada", pinned: false });
});

test("refuses to delete a pinned note", async () => {
  await mustSucceed("write", server.client.write("notes/notes/rules", { text: "no secrets in here", pinned: true }));

  const { status, body } = await server.client.delete("notes/notes/rules");

  assert.equal(status, 400);
  assert.deepEqual(body, { errors: ["rules is pinned"] });
});

test("refuses a note without text and names the field", async () => {
  const { status, errors } = await server.client.write("notes/notes/empty", {});

  assert.equal(status, 400);
  assert.match(errors.join(), /text/);
});
