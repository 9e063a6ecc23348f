import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { mock } from "../plugins.ts";

/** What servers show that ask plugins for recursive lists. */
export function scanCases(server: () => ServerUnderTest): void {
  describe("a recursive list", () => {
    const mount = useMount(server, mock);

    test("is asked for by method and by query, and gives what is below", async () => {
      const { client, path } = mount();
      for (const name of ["b", "a"]) expectStatus(await client.write(`${path}/values/${name}`, { value: "x" }), 204);

      const byMethod = expectStatus(await client.request("SCAN", `${path}/values`), 200);
      const byQuery = expectStatus(await client.read(`${path}/values?scan=true`), 200);

      assert.deepEqual(byMethod.at("data", "keys"), ["a", "b"]);
      assert.deepEqual(byQuery.at("data"), byMethod.at("data"));
    });

    test("of nothing is no failure", async () => {
      const { client, path } = mount();
      for (const name of ["b", "a"]) expectStatus(await client.delete(`${path}/values/${name}`), 204);

      const answer = expectStatus(await client.request("SCAN", `${path}/values`), 200);

      assert.deepEqual(answer.at("data", "keys"), []);
    });
  });
}
