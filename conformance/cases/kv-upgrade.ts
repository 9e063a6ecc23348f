import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "../client.ts";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { enable, type Mount, rootClient } from "../mounts.ts";
import { kv } from "../plugins.ts";
import { eventually } from "../processes.ts";
import { verifies } from "../verifies.ts";

/** Tunes a mount of KV to version 2, as `kv enable-versioning` of the command lines does, and waits until it is ready. */
export async function upgradeMount(client: Client, path: string): Promise<void> {
  const tuned = expectStatus(await client.write(`sys/mounts/${path}/tune`, { options: { version: "2" } }), 200);
  assert.match(String(tuned.at("warnings", 0)), /^Upgrading mount from version \d to version 2\./);
  await eventually("the end of the upgrade", async () => (await client.read(`${path}/config`)).status === 200);
}

let mounts = 0;

/** Enables KV version 2 for the surrounding suite. */
export function useVersionedMount(server: () => ServerUnderTest): () => Mount {
  const path = `versioned-${++mounts}`;
  before(async () => {
    await enable(rootClient(server()), kv, path);
    await upgradeMount(rootClient(server()), path);
  });
  after(async () => {
    expectStatus(await rootClient(server()).delete(`sys/mounts/${path}`), 204);
  });
  return () => ({ path, client: rootClient(server()) });
}

/** A KV mount that becomes version 2. */
export function kvUpgradeCases(server: () => ServerUnderTest): void {
  describe("kv that is tuned from version 1 to version 2", () => {
    const path = "kv-tuned";

    before(async () => {
      const client = rootClient(server());
      await enable(client, kv, path);
      for (const name of ["a", "app/database", "app/deep/er"]) await client.write(`${path}/${name}`, { name });
      await upgradeMount(client, path);
    });

    after(async () => {
      expectStatus(await rootClient(server()).delete(`sys/mounts/${path}`), 204);
    });

    test("has a first version of each object", async () => {
      verifies("K221a", "K222", "K223");
      const client = rootClient(server());

      for (const name of ["a", "app/database", "app/deep/er"]) {
        const found = expectStatus(await client.read(`${path}/data/${name}`), 200);
        assert.deepEqual(found.at("data", "data"), { name });
        assert.equal(found.at("data", "metadata", "version"), 1);
        const metadata = expectStatus(await client.read(`${path}/metadata/${name}`), 200);
        assert.equal(metadata.at("data", "oldest_version"), 1);
        if (server().host.kind === "vault")
          assert.equal(metadata.at("data", "versions", "1", "created_by", "actor"), "kv_upgrade");
      }
      assert.deepEqual((await client.list(`${path}/metadata`)).at("data", "keys"), ["a", "app/"]);
      assert.deepEqual((await client.list(`${path}/metadata/app`)).at("data", "keys"), ["database", "deep/"]);
    });

    test("shows its version where command lines look for it", async () => {
      verifies("K231");
      const seen = expectStatus(await rootClient(server()).read(`sys/internal/ui/mounts/${path}/foo`), 200);

      assert.equal(seen.at("data", "path"), `${path}/`);
      assert.equal(seen.at("data", "options", "version"), "2");
    });

    test("cannot be given a version when it is made", async () => {
      verifies("K221");
      const body = { type: kv.name, options: { version: "2" } };

      const refused = await rootClient(server()).write("sys/mounts/kv-refused", body);

      expectRefusal(refused, 400, `secrets engine "${kv.name}" does not allow setting a version`);
    });

    test("has no way back, and no third version", async () => {
      verifies("K225", "K226");
      const client = rootClient(server());

      const back = await client.write(`sys/mounts/${path}/tune`, { options: { version: "1" } });
      expectRefusal(back, 400, "cannot downgrade mount from version 2");
      const third = await client.write(`sys/mounts/${path}/tune`, { options: { version: "3" } });
      expectRefusal(third, 400, "invalid version provided: 3");
    });

    test("keeps everything when it is reloaded", async () => {
      verifies("K227");
      const client = rootClient(server());
      await client.write(`${path}/data/kept`, { data: { n: 1 } });
      await client.write(`${path}/metadata/kept`, { max_versions: 3 });
      await client.write(`${path}/config`, { max_versions: 7 });

      expectStatus(await client.write("sys/plugins/reload/backend", { plugin: kv.name }), 200);

      assert.deepEqual((await client.read(`${path}/data/kept`)).at("data", "data"), { n: 1 });
      assert.equal((await client.read(`${path}/metadata/kept`)).at("data", "max_versions"), 3);
      assert.equal((await client.read(`${path}/config`)).at("data", "max_versions"), 7);
    });
  });
}
