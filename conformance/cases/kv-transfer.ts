import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { tokenFor } from "../mounts.ts";
import { useVersionedMount } from "./kv-upgrade.ts";

/** Secrets of KV version 2 that get another place. */
export function kvTransferCases(server: () => ServerUnderTest): void {
  describe("kv version 2: copies and moves", () => {
    const mount = useVersionedMount(server);

    test("have all versions and the metadata", async () => {
      const { client, path } = mount();
      for (const text of ["old", "x".repeat(10_000), "new"])
        expectStatus(await client.write(`${path}/data/a/b`, { data: { text } }), 200);
      const before = (await client.read(`${path}/metadata/a/b`)).at("data");

      expectStatus(await client.write(`${path}/copy/a/b`, { destination: "c" }), 204);
      expectStatus(await client.write(`${path}/move/a/b`, { destination: "d/e" }), 204);

      for (const key of ["c", "d/e"]) {
        assert.deepEqual((await client.read(`${path}/metadata/${key}`)).at("data"), before);
        assert.equal((await client.read(`${path}/data/${key}?version=1`)).at("data", "data", "text"), "old");
        assert.equal((await client.read(`${path}/data/${key}`)).at("data", "data", "text"), "new");
      }
      expectStatus(await client.read(`${path}/metadata/a/b`), 404);
      await client.write(`${path}/data/c`, { data: { text: "newer" } });
      const text = "there is a secret at the destination already";
      expectRefusal(await client.write(`${path}/move/c`, { destination: "d/e" }), 400, text);
      expectStatus(await client.write(`${path}/move/a/b`, { destination: "f" }), 404);
    });

    test("are open to who may not read, and policies say where to", async () => {
      const { client, path } = mount();
      await client.write(`${path}/data/mine`, { data: { n: 1 } });
      const mover = await tokenFor(
        client,
        "kv2-move",
        `path "${path}/move/*" {
          capabilities = ["update"]
          allowed_parameters = { "destination" = ["team/*"] }
        }`,
      );

      expectStatus(await mover.read(`${path}/data/mine`), 403);
      expectStatus(await mover.write(`${path}/move/mine`, { destination: "other/mine" }), 403);
      expectStatus(await mover.write(`${path}/move/mine`, { destination: "team/mine" }), 204);
      assert.deepEqual((await client.read(`${path}/data/team/mine`)).at("data", "data"), { n: 1 });
    });
  });
}
