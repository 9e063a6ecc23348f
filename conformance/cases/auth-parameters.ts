import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answer } from "../client.ts";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { exampleAuth } from "../plugins.ts";
import { verifies } from "../verifies.ts";

const defaultLease = 32 * 24 * 60 * 60;

/** Token parameters of users: their older names, their defaults, and policies that no login gets. */
export function authParameterCases(server: () => ServerUnderTest): void {
  describe("token parameters of the example auth method", () => {
    const mount = useMount(server, exampleAuth);

    async function login(name: string, parameters: object): Promise<Answer> {
      const { client, path } = mount();
      expectStatus(await client.write(`${path}/users/${name}`, { password: "pw", ...parameters }), 204);
      return client.withToken(undefined).write(`${path}/login/${name}`, { password: "pw" });
    }

    test("are shown under their older names until they are set under the present ones", async () => {
      verifies("A53", "A54");
      const { client, path } = mount();

      await client.write(`${path}/users/old`, { password: "p", ttl: "5m", policies: "x" });
      const old = expectStatus(await client.read(`${path}/users/old`), 200);
      await client.write(`${path}/users/old`, { token_ttl: "6m" });
      const renamed = expectStatus(await client.read(`${path}/users/old`), 200);

      assert.deepEqual([old.at("data", "ttl"), old.at("data", "token_ttl")], [300, 300]);
      assert.deepEqual([old.at("data", "policies"), old.at("data", "token_policies")], [["x"], ["x"]]);
      assert.deepEqual([renamed.at("data", "ttl"), renamed.at("data", "token_ttl")], [undefined, 360]);
    });

    test("leave the lifetime to the mount where they do not say it", async () => {
      verifies("A83");

      assert.equal(expectStatus(await login("lasting", {}), 200).at("auth", "lease_duration"), defaultLease);
    });

    test("cannot give the server's own policy for wrapping", async () => {
      verifies("A77");

      const answer = await login("wrapper", { token_policies: "response-wrapping" });

      expectRefusal(answer, 400, 'cannot assign policy "response-wrapping"');
    });
  });
}
