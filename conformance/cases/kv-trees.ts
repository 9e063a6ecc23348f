import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { tokenFor } from "../mounts.ts";
import { useVersionedMount } from "./kv-upgrade.ts";

/** Searches, and deletions of whole folders, in KV version 2. */
export function kvTreeCases(server: () => ServerUnderTest): void {
  describe("kv version 2: folders as a whole", () => {
    const mount = useVersionedMount(server);

    test("are searched where the mount allows it", async () => {
      const { client, path } = mount();
      await client.write(`${path}/data/app/database`, { data: { password: "hidden" } });
      await client.write(`${path}/metadata/app/database`, { custom_metadata: { owner: "ada" } });
      await client.write(`${path}/metadata/app/deep/mail`, { custom_metadata: { owner: "bob" } });
      await client.write(`${path}/metadata/apple`, { custom_metadata: { owner: "ada" } });

      const text = 'search is off in this mount; "search" at config/extensions turns it on';
      expectRefusal(await client.read(`${path}/search/app`), 400, text);
      expectStatus(await client.write(`${path}/config/extensions`, { search: true }), 204);

      const found = expectStatus(await client.read(`${path}/search/app?name=d*&metadata=owner%3Da*`), 200);
      const info = { database: { custom_metadata: { owner: "ada" } } };
      assert.deepEqual(found.at("data"), { keys: ["database"], key_info: info });
      assert.deepEqual(found.at("warnings"), null);
      const first = expectStatus(await client.read(`${path}/search/?limit=2`), 200);
      assert.deepEqual(first.at("data", "keys"), ["app/database", "app/deep/mail"]);
      const rest = expectStatus(await client.read(`${path}/search/?after=${first.at("data", "next")}`), 200);
      assert.deepEqual(rest.at("data", "keys"), ["apple"]);
    });

    test("are deleted and brought back by those who may not read them", async () => {
      const { client, path } = mount();
      for (const key of ["team/a", "team/deep/b", "teams/c"])
        for (const n of [1, 2]) await client.write(`${path}/data/${key}`, { data: { n } });
      const cleaner = await tokenFor(
        client,
        "kv2-trees",
        `path "${path}/+/team" { capabilities = ["update"] }
         path "${path}/search/team/*" { capabilities = ["read"] }
         path "${path}/config/extensions" { capabilities = ["deny"] }`,
      );

      const counted = expectStatus(await cleaner.write(`${path}/delete-tree/team`), 200);
      assert.deepEqual(counted.at("data"), { dry_run: true, secrets: 2, versions: 4 });
      expectStatus(await client.read(`${path}/data/team/a`), 200);
      expectStatus(await cleaner.write(`${path}/delete-tree/team`, { dry_run: false }), 200);
      expectStatus(await client.read(`${path}/data/team/a`), 404);
      expectStatus(await client.read(`${path}/data/team/deep/b?version=1`), 404);
      expectStatus(await client.read(`${path}/data/teams/c`), 200);
      expectStatus(await cleaner.write(`${path}/delete-tree/teams`, { dry_run: false }), 403);
      expectStatus(await cleaner.read(`${path}/search/`), 403);
      expectStatus(await cleaner.write(`${path}/config/extensions`, { search: true }), 403);
      const undone = expectStatus(await cleaner.write(`${path}/undelete-tree/team`, { dry_run: false }), 200);
      assert.deepEqual(undone.at("data"), { dry_run: false, secrets: 2, versions: 4 });
      assert.deepEqual((await client.read(`${path}/data/team/deep/b?version=1`)).at("data", "data"), { n: 1 });
    });

    test("show which settings apply where the mount says so", async () => {
      const { client, path } = mount();
      await client.write(`${path}/metadata/plain`, { custom_metadata: { a: "b" } });
      assert.equal((await client.read(`${path}/metadata/plain`)).at("data", "effective_settings"), undefined);

      expectStatus(await client.write(`${path}/config/extensions`, { effective_settings: true }), 204);

      const metadata = expectStatus(await client.read(`${path}/metadata/plain`), 200);
      assert.equal(metadata.at("data", "max_versions"), 0);
      assert.equal(metadata.at("data", "effective_settings", "max_versions"), 10);
      assert.equal((await client.read(`${path}/config`)).at("data", "effective_settings", "max_versions"), 10);
    });
  });
}
