import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { expectNumber, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { kv, mock, type Plugin, totp } from "../plugins.ts";
import { processesOf } from "../processes.ts";
import { verifies } from "../verifies.ts";

const totpKey = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";

/** Two mounts of one plugin share a process at most. Throttles have their test with the auth method. */
export function isolationCases(server: () => ServerUnderTest): void {
  const processCount = (plugin: Plugin): number => processesOf(join(server().pluginDirectory, plugin.name)).length;

  describe("two mounts of one plugin", () => {
    const one = useMount(server, kv);
    const other = useMount(server, kv);
    const oneTotp = useMount(server, totp);
    const otherTotp = useMount(server, totp);
    const oneMock = useMount(server, mock);
    const otherMock = useMount(server, mock);

    test("run in one process where the server can share it, and in one each otherwise", async () => {
      const { sharesProcesses } = server().abilities;
      const first = await one().client.read(`${oneMock().path}/counter`);
      const second = await one().client.read(`${otherMock().path}/counter`);

      assert.equal(expectNumber(first, "data", "pid") === expectNumber(second, "data", "pid"), sharesProcesses);
      if (sharesProcesses) for (const plugin of [kv, totp, mock]) assert.equal(processCount(plugin), 1, plugin.name);
      else assert.equal(processCount(mock), 2);
    });

    test("do not see each other's data", async () => {
      const { client } = one();
      expectStatus(await client.write(`${one().path}/same`, { from: "one" }), 204);

      expectStatus(await client.read(`${other().path}/same`), 404);
      expectStatus(await client.write(`${other().path}/same`, { from: "other" }), 204);
      expectStatus(await client.delete(`${other().path}/same`), 204);

      assert.deepEqual((await client.read(`${one().path}/same`)).at("data"), { from: "one" });
      expectStatus(await client.list(`${other().path}/`), 404);
    });

    test("do not see each other's state", async () => {
      const { client, path } = oneMock();
      await client.read(`${path}/counter`);
      const before = expectNumber(await client.read(`${otherMock().path}/counter`), "data", "calls");

      await client.read(`${path}/counter`);

      assert.equal(expectNumber(await client.read(`${otherMock().path}/counter`), "data", "calls"), before + 1);
    });

    test("do not see each other's caches", async () => {
      verifies("T79");
      const { client } = one();
      for (const { path } of [oneTotp(), otherTotp()]) {
        await client.write(`${path}/keys/k`, { key: totpKey, period: 3600 });
      }
      const code = expectText(await client.read(`${oneTotp().path}/code/k`), "data", "code");

      const first = await client.write(`${oneTotp().path}/code/k`, { code });
      const second = await client.write(`${otherTotp().path}/code/k`, { code });

      assert.equal(first.at("data", "valid"), true);
      assert.equal(second.at("data", "valid"), true);
    });

    test("do not wait for each other's locks", async () => {
      const { client, path } = oneMock();
      const held = client.write(`${path}/serial`, { milliseconds: 700 });

      const free = await Promise.race([
        client.write(`${otherMock().path}/serial`, { milliseconds: 1 }),
        held.then(() => undefined),
      ]);

      assert.ok(free !== undefined, "the other mount waited");
      expectStatus(free, 200);
      expectStatus(await held, 200);
    });
  });
}
