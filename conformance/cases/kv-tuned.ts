import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { enable, rootClient } from "../mounts.ts";
import { kv } from "../plugins.ts";

/** A KV mount that was tuned to the version which is not there yet. */
export function kvTunedCases(server: () => ServerUnderTest): void {
  describe("kv tuned to version 2", () => {
    test("can be read, is not changed, and can be disabled", async () => {
      const client = rootClient(server());
      await enable(client, kv, "kv-tuned");
      await client.write("kv-tuned/app/database", { password: "s3cret" });

      expectStatus(await client.write("sys/mounts/kv-tuned/tune", { options: { version: "2" } }), 200);

      const refused = await client.write("kv-tuned/app/database", { password: "other" });
      expectRefusal(refused, 400, "this mount was tuned to version 2");
      expectRefusal(await client.delete("kv-tuned/app/database"), 400, "this mount was tuned to version 2");
      const kept = expectStatus(await client.read("kv-tuned/app/database"), 200);
      assert.deepEqual(kept.at("data"), { password: "s3cret" });
      expectStatus(await client.delete("sys/mounts/kv-tuned"), 204);
    });
  });
}
