import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { tokenFor, useMount } from "../mounts.ts";
import { kv } from "../plugins.ts";
import { verifies } from "../verifies.ts";

/** Version 1 of KV without leases. */
export function kvCases(server: () => ServerUnderTest): void {
  describe("kv version 1", () => {
    const mount = useMount(server, kv);

    test("stores an object and gives it back without a lease", async () => {
      verifies("K201", "K202");
      const { client, path } = mount();

      expectStatus(await client.write(`${path}/foo`, { raw: "test" }), 204);

      const answer = expectStatus(await client.read(`${path}/foo`), 200);
      assert.deepEqual(answer.at("data"), { raw: "test" });
      assert.equal(answer.at("lease_id"), "");
      assert.equal(answer.at("renewable"), false);
    });

    test("replaces the whole object", async () => {
      verifies("K203");
      const { client, path } = mount();
      await client.write(`${path}/replaced`, { a: 1 });

      expectStatus(await client.write(`${path}/replaced`, { b: 1 }), 204);

      assert.deepEqual((await client.read(`${path}/replaced`)).at("data"), { b: 1 });
    });

    test("refuses an empty object", async () => {
      verifies("K204");
      const { client, path } = mount();

      expectRefusal(await client.write(`${path}/empty`, {}), 400, "missing data fields");
    });

    test("answers 404 for what is not there", async () => {
      verifies("K205");
      const { client, path } = mount();

      const answer = expectStatus(await client.read(`${path}/none`), 404);

      assert.deepEqual(answer.body, { errors: [] });
    });

    test("deletes, whether or not there was anything", async () => {
      verifies("K206");
      const { client, path } = mount();
      await client.write(`${path}/doomed`, { a: 1 });

      expectStatus(await client.delete(`${path}/doomed`), 204);
      expectStatus(await client.delete(`${path}/doomed`), 204);

      expectStatus(await client.read(`${path}/doomed`), 404);
    });

    test("lists one level", async () => {
      verifies("K207");
      const { client, path } = mount();
      await client.write(`${path}/list/foo`, { a: 1 });
      await client.write(`${path}/list/d/x`, { a: 1 });

      assert.deepEqual((await client.list(`${path}/list/`)).at("data", "keys"), ["d/", "foo"]);
      assert.deepEqual((await client.list(`${path}/list/d`)).at("data", "keys"), ["x"]);
      assert.deepEqual((await client.read(`${path}/list/d?list=true`)).at("data", "keys"), ["x"]);
      assert.deepEqual(expectStatus(await client.list(`${path}/list/foo`), 404).body, { errors: [] });
    });

    test("does not know patches", async () => {
      verifies("K213");
      const { client, path } = mount();
      const headers = { "Content-Type": "application/merge-patch+json" };

      expectStatus(await client.request("PATCH", `${path}/foo`, { body: { a: 1 }, headers }), 405);
    });

    test("is never asked to write to a path that ends in a slash", async () => {
      verifies("K214");
      const { client, path } = mount();

      expectRefusal(await client.write(`${path}/x/`, { a: 1 }), 400, "cannot write to a path ending in '/'");
    });

    test("treats a member named path like any other", async () => {
      verifies("K215");
      const { client, path } = mount();

      expectStatus(await client.write(`${path}/member`, { path: "elsewhere", a: 1 }), 204);

      assert.deepEqual((await client.read(`${path}/member`)).at("data"), { path: "elsewhere", a: 1 });
    });

    test("gives a warning about query parameters on OpenBao only", async () => {
      verifies("K216", "K217");
      const { client, path } = mount();
      await client.write(`${path}/queried`, { a: 1 });

      const { warnings } = Object((await client.read(`${path}/queried?x=1`)).body);

      const expected = ["Endpoint ignored these unrecognized parameters: [x]"];
      assert.deepEqual(warnings, server().host.kind === "openbao" ? expected : null);
    });

    test("needs create for the first write and update for the second", async () => {
      verifies("S39");
      const { client, path } = mount();
      const creator = await tokenFor(client, "kv-create", `path "${path}/*" { capabilities = ["create"] }`);
      const updater = await tokenFor(client, "kv-update", `path "${path}/*" { capabilities = ["update"] }`);

      expectStatus(await updater.write(`${path}/guarded`, { by: "updater" }), 403);
      expectStatus(await creator.write(`${path}/guarded`, { by: "creator" }), 204);
      expectStatus(await creator.write(`${path}/guarded`, { by: "creator again" }), 403);
      expectStatus(await updater.write(`${path}/guarded`, { by: "updater" }), 204);

      assert.deepEqual((await client.read(`${path}/guarded`)).at("data"), { by: "updater" });
    });

    test("keeps an object of 8 MiB", async () => {
      const { client, path } = mount();
      // Vault takes no single text over 1 MiB, so the size comes from many.
      const parts = Array.from({ length: 16 }, (_, index) => String.fromCharCode(97 + index).repeat(512 * 1024));

      expectStatus(await client.write(`${path}/large`, { parts }), 204);

      assert.deepEqual(expectStatus(await client.read(`${path}/large`), 200).at("data"), { parts });
    });

    test("keeps texts of every kind as they are", async () => {
      const { client, path } = mount();
      const value = {
        "": "empty key",
        __proto__text: "x",
        emoji: "🔐",
        escape: '\u0000"\\',
        nested: [null, { a: [] }],
      };

      expectStatus(await client.write(`${path}/texts`, value), 204);

      assert.deepEqual((await client.read(`${path}/texts`)).at("data"), value);
    });
  });
}
