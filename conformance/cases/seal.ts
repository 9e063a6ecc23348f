import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { exampleAuth, kv, totp } from "../plugins.ts";
import { eventually } from "../processes.ts";

/** Sealing ends every plugin; unsealing brings all mounts back. */
export function sealCases(server: () => ServerUnderTest): void {
  describe("a server that is sealed and opened again", () => {
    const secrets = useMount(server, kv);
    const codes = useMount(server, totp);
    const users = useMount(server, exampleAuth);

    before(async () => {
      const { client } = secrets();
      await client.write(`${secrets().path}/a`, { kept: true });
      await client.write(`${codes().path}/keys/k`, { key: "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ" });
      await client.write(`${users().path}/users/bob`, { password: "pw" });

      expectStatus(await client.write("sys/seal"), 204);
      expectStatus(await client.read(`${secrets().path}/a`), 503);
      const opened = expectStatus(await client.write("sys/unseal", { key: server().unsealKey }), 200);
      assert.equal(opened.at("sealed"), false);
      await eventually("readiness", async () => (await client.read("sys/health")).status === 200);
    });

    test("still has its secrets", async () => {
      const { client, path } = secrets();

      assert.deepEqual(expectStatus(await client.read(`${path}/a`), 200).at("data"), { kept: true });
    });

    test("still makes codes", async () => {
      const { client, path } = codes();

      expectText(expectStatus(await client.read(`${path}/code/k`), 200), "data", "code");
    });

    test("still logs users in", async () => {
      const { client, path } = users();

      const login = await client.withToken(undefined).write(`${path}/login/bob`, { password: "pw" });

      expectText(expectStatus(login, 200), "auth", "client_token");
    });
  });
}
