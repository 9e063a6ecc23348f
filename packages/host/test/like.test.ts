import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Backend, type Initialization, type Request, walk } from "@vaultwright/core";
import type { FakePlugin } from "./fake-plugins.ts";
import { passThrough } from "./pass-through.ts";
import { startTestHost } from "./test-host.ts";

test("tells clients which product it is like", async () => {
  await using vault = await startTestHost();
  await using bao = await startTestHost({}, { like: "openbao" });

  const [ofVault, ofBao] = [await vault.call("GET", "sys/health"), await bao.call("GET", "sys/health")];
  const lookup = await bao.call("GET", "auth/token/lookup-self");

  assert.equal(ofVault.body.version, "1.21.4+vaultwright");
  assert.equal(ofVault.body.enterprise, false);
  assert.equal(ofBao.body.version, "2.6.2+vaultwright");
  assert.equal("enterprise" in ofBao.body, false);
  assert.equal("mount_type" in lookup.body, false);
  assert.match(vault.host.rootToken, /^hvs\./);
  assert.match(bao.host.rootToken, /^s\.[0-9A-Za-z]{24}$/);
});

test("lists recursively for clients that take it for OpenBao", async () => {
  const scanning: FakePlugin = {
    factory: (): Backend => ({
      type: "secret",
      checkExistence: async () => undefined,
      async handleRequest({ operation, path }, { storage }) {
        if (operation !== "scan") return undefined;
        if (path === "none/") return undefined;
        for (const key of ["a", "b/c"]) await storage.put({ key, value: Buffer.from("x") });
        return { data: { path, keys: await Array.fromAsync(walk(storage)) } };
      },
    }),
  };
  await using host = await startTestHost({ scanning }, { like: "openbao" });
  await host.mount("secret", "scanning");

  const byMethod = await host.call("SCAN", "scanning/deep");
  const byQuery = await host.call("GET", "scanning/deep?scan=true");
  const nothing = await host.call("SCAN", "scanning/none");
  const both = await host.call("GET", "scanning/deep?scan=true&list=true");

  assert.deepEqual(byMethod.body.data, { path: "deep/", keys: ["a", "b/c"] });
  assert.deepEqual(byQuery.body.data, byMethod.body.data);
  assert.equal(nothing.status, 204);
  assert.equal(both.status, 400);
});

test("has policies for recursive lists where it is like OpenBao, and no such operation where it is like Vault", async () => {
  await using vault = await startTestHost();
  await using bao = await startTestHost({ store: passThrough }, { like: "openbao" });
  await bao.mount("secret", "store");
  const policy = (capability: string) => ({ body: { policy: `path "store/*" { capabilities = ["${capability}"] }` } });

  const refused = await vault.call("POST", "sys/policies/acl/scanner", policy("scan"));
  const method = await vault.call("SCAN", "sys/mounts");
  await bao.call("POST", "sys/policies/acl/scanner", policy("scan"));
  await bao.call("POST", "sys/policies/acl/lister", policy("list"));
  const tokenOf = async (name: string): Promise<string> =>
    (await bao.call("POST", "auth/token/create", { body: { policies: [name] } })).body.auth.client_token;
  const [scanner, lister] = [await tokenOf("scanner"), await tokenOf("lister")];

  assert.match(refused.body.errors[0], /invalid capability "scan"/);
  assert.equal(method.status, 405);
  assert.equal((await bao.call("SCAN", "store/a", { token: scanner })).status, 204);
  assert.equal((await bao.call("LIST", "store/a", { token: scanner })).status, 403);
  assert.equal((await bao.call("SCAN", "store/a", { token: lister })).status, 403);
});

test("tells plugins what their product tells them", async () => {
  const told: { initialization?: Initialization; request?: Request; launched?: unknown } = {};
  const curious: FakePlugin = {
    factory: (): Backend => ({
      type: "secret",
      checkExistence: async () => undefined,
      async initialize(initialization) {
        told.initialization = initialization;
      },
      async handleRequest(request, { system }) {
        told.request = request;
        told.launched = system.host;
        return {};
      },
    }),
  };
  await using vault = await startTestHost({ curious });
  await using bao = await startTestHost({ curious }, { like: "openbao" });

  await vault.mount("secret", "curious");
  await vault.call("GET", "curious/a");
  assert.equal(told.initialization?.mountPoint, "curious/");
  assert.equal(told.request?.connection?.remotePort, undefined);
  assert.deepEqual(told.launched, { kind: "vault", version: "1.21.4" });

  await bao.mount("secret", "curious");
  await bao.call("GET", "curious/a");
  assert.deepEqual(told.initialization, {});
  assert.ok((told.request?.connection?.remotePort ?? 0) > 0);
  assert.deepEqual(told.launched, { kind: "openbao", version: "2.6.2" });
});

test("keeps data for the product that made it", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "host-data-"));
  await (await startTestHost({}, { dataDirectory }))[Symbol.asyncDispose]();

  await assert.rejects(startTestHost({}, { dataDirectory, like: "openbao" }), {
    message: "the data was made by a server like vault and cannot be used by one like openbao",
  });

  await (await startTestHost({}, { dataDirectory, like: "vault" }))[Symbol.asyncDispose]();
});
