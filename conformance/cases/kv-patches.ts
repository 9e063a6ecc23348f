import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answer } from "../client.ts";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { tokenFor } from "../mounts.ts";
import { verifies } from "../verifies.ts";
import { useVersionedMount } from "./kv-upgrade.ts";

const mergePatch = { "Content-Type": "application/merge-patch+json" };

/** Patches and subkeys of KV version 2. */
export function kvPatchCases(server: () => ServerUnderTest): void {
  describe("kv version 2: patches and subkeys", () => {
    const mount = useVersionedMount(server);
    const patch = (
      key: string,
      body: object,
      headers: Readonly<Record<string, string>> = mergePatch,
    ): Promise<Answer> => {
      const { client, path } = mount();
      return client.request("PATCH", `${path}/${key}`, { body, headers });
    };

    test("a patch makes a version of the current one", async () => {
      verifies("K175", "K183", "K186", "K188");
      const { client, path } = mount();
      await client.write(`${path}/data/foo`, { data: { a: 1, b: 2, l: [1, 2] } });

      const patched = expectStatus(await patch("data/foo", { data: { a: null, c: { d: 1 }, l: [3] } }), 200);
      assert.equal(patched.at("data", "version"), 2);
      const charset = { "Content-Type": "application/merge-patch+json; charset=utf-8" };
      expectStatus(await patch("data/foo", { data: {} }, charset), 200);

      const found = await client.read(`${path}/data/foo`);
      assert.deepEqual(found.at("data", "data"), { b: 2, c: { d: 1 }, l: [3] });
      assert.equal(found.at("data", "metadata", "version"), 3);
    });

    test("only a value that is there can be patched", async () => {
      verifies("K176", "K177", "K178", "K179", "K180");
      const { client, path } = mount();
      await client.write(`${path}/metadata/only`, { max_versions: 3 });
      for (const key of ["deleted", "destroyed"]) await client.write(`${path}/data/${key}`, { data: {} });
      await client.delete(`${path}/data/deleted`);
      await client.write(`${path}/destroy/destroyed`, { versions: [1] });

      for (const key of ["none", "only"])
        assert.equal(expectStatus(await patch(`data/${key}`, { data: {} }), 404).body, undefined);
      for (const key of ["none", "deleted"]) expectRefusal(await patch(`data/${key}`, {}), 400, "no data provided");
      const deleted = expectStatus(await patch("data/deleted", { data: {} }), 404);
      assert.equal(deleted.at("data", "version"), 1);
      expectText(deleted, "data", "deletion_time");
      assert.equal(deleted.at("data", "metadata"), undefined);
      const destroyed = expectStatus(await patch("data/destroyed", { data: {} }), 404);
      assert.equal(destroyed.at("data", "destroyed"), true);
    });

    test("a patch says that it is one, and needs a capability of its own", async () => {
      verifies("K149", "K184", "K185", "K187");
      const { client, path } = mount();
      await client.write(`${path}/data/guarded`, { data: {} });
      const json = { "Content-Type": "application/json" };
      const updater = await tokenFor(client, "kv2-update", `path "${path}/data/*" { capabilities = ["update"] }`);

      const text = "PATCH requires Content-Type of application/merge-patch+json, provided application/json";
      expectRefusal(await patch("data/guarded", { data: {} }, json), 415, text);
      expectRefusal(await patch("metadata/guarded", { max_versions: 1 }, json), 415, text);
      const headers = { "X-Vault-Token": server().rootToken };
      // A body of bytes has no type unless the client gives one.
      const body = new TextEncoder().encode('{"data":{}}');
      const url = `${server().address}/v1/${path}/data/guarded`;
      assert.equal((await fetch(url, { method: "PATCH", headers, body })).status, 400);
      const asked = updater.request("PATCH", `${path}/data/guarded`, { body: { data: {} }, headers: mergePatch });
      expectStatus(await asked, 403);
    });

    test("a patch is checked as a write is", async () => {
      verifies("K182");
      const { client, path } = mount();
      await client.write(`${path}/data/cas`, { data: {} });

      const refused = await patch("data/cas", { data: {}, options: { cas: 2 } });

      expectRefusal(refused, 400, "check-and-set parameter did not match the current version");
    });

    test("members are shown without their values", async () => {
      verifies("K190", "K191", "K192", "K193", "K194", "K195", "K196", "K197", "K198", "K199", "K200");
      const { client, path } = mount();
      await client.write(`${path}/data/x`, { data: {} });
      await client.write(`${path}/data/x`, { data: { foo: { bar: { baz: 1 } }, q: {}, l: [1] } });
      const shown = async (query: string) =>
        expectStatus(await client.read(`${path}/subkeys/x${query}`), 200).at("data", "subkeys");

      assert.deepEqual(await shown(""), { foo: { bar: { baz: null } }, q: null, l: null });
      assert.deepEqual(await shown("?depth=0"), { foo: { bar: { baz: null } }, q: null, l: null });
      assert.deepEqual(await shown("?depth=2"), { foo: { bar: null }, q: null, l: null });
      assert.deepEqual(await shown("?depth=1"), { foo: null, q: null, l: null });
      assert.deepEqual(await shown("?version=1"), {});
      const text = 'Field validation failed: error converting input for field "depth":';
      expectRefusal(await client.read(`${path}/subkeys/x?depth=not-an-integer`), 400, text);
      expectStatus(await client.read(`${path}/subkeys/x?version=10`), 404);
      expectStatus(await client.read(`${path}/subkeys/none`), 404);
      expectStatus(await client.write(`${path}/subkeys/x`), 405);
      await client.delete(`${path}/data/x`);
      const deleted = expectStatus(await client.read(`${path}/subkeys/x`), 404);
      assert.equal(deleted.at("data", "subkeys"), null);
      expectText(deleted, "data", "metadata", "deletion_time");
      await client.write(`${path}/destroy/x`, { versions: [1] });
      const destroyed = expectStatus(await client.read(`${path}/subkeys/x?version=1`), 404);
      assert.equal(destroyed.at("data", "metadata", "destroyed"), true);
    });
  });
}
