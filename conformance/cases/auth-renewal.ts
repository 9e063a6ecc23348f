import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "../client.ts";
import { expectNumber, expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { exampleAuth } from "../plugins.ts";
import { verifies } from "../verifies.ts";

/** What happens to a login's token when it is renewed or revoked. */
export function authRenewalCases(server: () => ServerUnderTest): void {
  describe("renewal of the example auth method", () => {
    const mount = useMount(server, exampleAuth);

    /** Makes a user, logs in and gives what renews the token. */
    async function session(name: string): Promise<{ token: string; renew(body?: object): Promise<Answer> }> {
      const { client, path } = mount();
      const user = { password: "pw", token_policies: "a,b", token_ttl: "10m" };
      expectStatus(await client.write(`${path}/users/${name}`, user), 204);
      const login = await client.withToken(undefined).write(`${path}/login/${name}`, { password: "pw" });
      const token = expectText(expectStatus(login, 200), "auth", "client_token");
      return { token, renew: (body = {}) => client.withToken(token).write("auth/token/renew-self", body) };
    }

    test("follows the user's settings", async () => {
      verifies("A85", "A86", "A88", "A90");
      const { client, path } = mount();
      const { renew } = await session("follower");

      assert.equal(expectStatus(await renew(), 200).at("auth", "lease_duration"), 600);
      await client.write(`${path}/users/follower`, { token_ttl: "20m" });
      assert.equal(expectStatus(await renew(), 200).at("auth", "lease_duration"), 1200);
      await client.write(`${path}/users/follower`, { token_policies: "b,a,default" });
      expectStatus(await renew(), 200);
      await client.write(`${path}/users/follower`, { password: "other" });
      expectStatus(await renew(), 200);
    });

    test("gives what is left of the longest lifetime, with a warning", async () => {
      verifies("A92");
      const { client, path } = mount();
      const user = { password: "pw", token_ttl: "4s", token_max_ttl: "6s" };
      await client.write(`${path}/users/fading`, user);
      const login = await client.withToken(undefined).write(`${path}/login/fading`, { password: "pw" });
      const holder = client.withToken(expectText(expectStatus(login, 200), "auth", "client_token"));

      await sleep(3_000);
      const renewed = expectStatus(await holder.write("auth/token/renew-self"), 200);

      const left = expectNumber(renewed, "auth", "lease_duration");
      assert.ok(left >= 2 && left <= 3, `${left} seconds are left`);
      assert.match(JSON.stringify(renewed.at("warnings")), /TTL value is capped accordingly/);
    });

    test("renews a periodic token at any age, and by its period alone", async () => {
      const { client, path } = mount();
      await client.write(`${path}/users/periodic`, { password: "pw", token_period: "1h", token_max_ttl: "1h" });
      const login = await client.withToken(undefined).write(`${path}/login/periodic`, { password: "pw" });
      const holder = client.withToken(expectText(expectStatus(login, 200), "auth", "client_token"));

      const renewed = expectStatus(await holder.write("auth/token/renew-self", { increment: "5m" }), 200);

      assert.equal(renewed.at("auth", "lease_duration"), 3600);
    });

    test("is refused for a batch token", async () => {
      const { client, path } = mount();
      await client.write(`${path}/users/batched`, { password: "pw", token_type: "batch" });
      const login = await client.withToken(undefined).write(`${path}/login/batched`, { password: "pw" });
      const holder = client.withToken(expectText(expectStatus(login, 200), "auth", "client_token"));

      expectRefusal(await holder.write("auth/token/renew-self"), 400, "batch tokens cannot be renewed");
    });

    test("does not look at the address again", async () => {
      verifies("A91");
      const { client, path } = mount();
      const { renew } = await session("mover");

      await client.write(`${path}/users/mover`, { token_bound_cidrs: "10.9.9.0/24" });

      expectStatus(await renew(), 200);
    });

    test("is refused when the policies have changed", async () => {
      verifies("A87");
      const { client, path } = mount();
      const { renew } = await session("promoted");

      await client.write(`${path}/users/promoted`, { token_policies: "c" });

      expectRefusal(await renew(), 500, "failed to renew entry: policies have changed, not renewing");
    });

    test("does nothing when the user is gone", async () => {
      verifies("A89");
      const { client, path } = mount();
      const { token, renew } = await session("leaver");

      await client.delete(`${path}/users/leaver`);

      expectStatus(await renew(), 204);
      expectStatus(await client.withToken(token).read("auth/token/lookup-self"), 200);
    });

    test("ends when the token is revoked", async () => {
      verifies("A25");
      const { client } = mount();
      const { token } = await session("revoked");

      expectStatus(await client.withToken(token).write("auth/token/revoke-self"), 204);

      expectStatus(await client.withToken(token).read("auth/token/lookup-self"), 403);
    });
  });
}
