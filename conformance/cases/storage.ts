import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { mock } from "../plugins.ts";
import { verifies } from "../verifies.ts";

/** What a mount can do with its storage. */
export function storageCases(server: () => ServerUnderTest): void {
  describe("the storage of a mount", () => {
    const mount = useMount(server, mock);

    test("is written, read, listed in pages and deleted, in transactions where the server has them", async () => {
      verifies("W118", "W119");
      const { hasTransactions } = server().abilities;
      const { client, path } = mount();

      const { sealWrap: _, ...seen } = Object(expectStatus(await client.write(`${path}/storage`), 200).at("data"));

      assert.deepEqual(seen, {
        value: "AAH+/w==",
        missing: true,
        all: ["a", "b", "c", "d/"],
        page: ["b", "c"],
        unlimited: ["c", "d/"],
        failed: hasTransactions ? "undone" : "kept",
        left: hasTransactions ? ["b", "c", "d/"] : ["b", "c", "d/", "failed"],
      });
    });
  });
}
