import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus } from "../expect.ts";
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

    test("takes two dots within a key where the server does, and passes on its refusal where not", async () => {
      verifies("S121");
      const { client, path } = mount();

      const written = await client.write(`${path}/values/a..b`, { value: "x" });
      const read = await client.read(`${path}/values/a..b`);

      if (server().host.kind === "openbao") {
        assert.deepEqual([written.status, read.at("data", "value")], [204, "x"]);
        return;
      }
      expectRefusal(written, 400, "relative paths not supported");
      expectRefusal(read, 400, "relative paths not supported");
    });
  });
}
