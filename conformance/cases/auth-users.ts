import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { exampleAuth } from "../plugins.ts";
import { verifies } from "../verifies.ts";

/** The settings and users of the example auth method. */
export function authUserCases(server: () => ServerUnderTest): void {
  describe("users of the example auth method", () => {
    const mount = useMount(server, exampleAuth);

    test("have no list while there are none", async () => {
      verifies("A33", "A32", "W98", "W99");
      const { client, path } = mount();

      assert.deepEqual(expectStatus(await client.list(`${path}/users`), 404).body, { errors: [] });
      assert.deepEqual(expectStatus(await client.read(`${path}/users/none`), 404).body, { errors: [] });
    });

    test("are kept with their token parameters and without their password", async () => {
      verifies("A28", "A29", "A30", "A31", "W98");
      const { client, path } = mount();
      const body = { password: "pw", token_policies: "a,b", token_ttl: "10m" };

      expectStatus(await client.write(`${path}/users/bob`, body), 204);

      const data = expectStatus(await client.read(`${path}/users/BOB`), 200).at("data");
      assert.deepEqual(data, {
        token_bound_cidrs: [],
        token_explicit_max_ttl: 0,
        token_max_ttl: 0,
        token_no_default_policy: false,
        token_num_uses: 0,
        token_period: 0,
        token_policies: ["a", "b"],
        ...(server().host.kind === "openbao" && { token_strictly_bind_ip: false }),
        token_ttl: 600,
        token_type: "default",
      });
    });

    test("keep what an update does not name", async () => {
      verifies("A44");
      const { client, path } = mount();
      await client.write(`${path}/users/partial`, { password: "pw", token_policies: "a", token_ttl: "10m" });

      expectStatus(await client.write(`${path}/users/partial`, { token_policies: "c" }), 204);

      const data = await client.read(`${path}/users/partial`);
      assert.deepEqual(data.at("data", "token_policies"), ["c"]);
      assert.equal(data.at("data", "token_ttl"), 600);
      expectStatus(await client.write(`${path}/login/partial`, { password: "pw" }), 200);
    });

    test("are listed in order and deleted whether or not they were there", async () => {
      verifies("A34", "A55", "W99");
      const { client, path } = mount();
      for (const name of ["web3", "web", "web2"]) await client.write(`${path}/users/${name}`, { password: "pw" });

      const keys = (await client.list(`${path}/users`)).at("data", "keys");
      assert.ok(Array.isArray(keys));
      assert.deepEqual(
        keys.filter((name) => String(name).startsWith("web")),
        ["web", "web2", "web3"],
      );

      expectStatus(await client.delete(`${path}/users/web3`), 204);
      expectStatus(await client.delete(`${path}/users/web3`), 204);
    });

    test("are refused with token parameters that contradict each other", async () => {
      verifies("A45", "A46", "A47", "A48", "A49", "A50");
      const { client, path } = mount();
      const batch = "'token_type' cannot be 'batch' or 'default_batch' when set to generate";
      const refusals: readonly (readonly [object, string])[] = [
        [{ token_ttl: "2h", token_max_ttl: "1h" }, "'token_ttl' cannot be greater than 'token_max_ttl'"],
        [{ token_type: "default-service" }, "invalid 'token_type' value \"default-service\""],
        [{ token_type: "batch", token_period: "1h" }, `${batch} periodic tokens`],
        [{ token_type: "batch", token_num_uses: 3 }, `${batch} tokens with limited use count`],
        [{ token_num_uses: -1 }, "'token_num_uses' cannot be negative"],
        [{ token_ttl: "-5" }, "error converting input for field \"token_ttl\": cannot provide negative value '-5'"],
      ];

      for (const [body, text] of refusals) {
        const answer = await client.write(`${path}/users/refused`, { password: "p", ...body });
        assert.deepEqual(expectStatus(answer, 400).errors, [text]);
      }

      expectStatus(await client.read(`${path}/users/refused`), 404);
    });

    test("get addresses in their shortest form", async () => {
      verifies("A52");
      const { client, path } = mount();
      await client.write(`${path}/users/bound`, { password: "p", token_bound_cidrs: "127.0.0.1/32,10.0.0.0/8" });

      const cidrs = (await client.read(`${path}/users/bound`)).at("data", "token_bound_cidrs");

      assert.deepEqual(cidrs, ["127.0.0.1", "10.0.0.0/8"]);
    });

    test("change their password under any spelling of their name", async () => {
      verifies("A58", "A127", "A128");
      const { client, path } = mount();
      const long = "p".repeat(200);
      await client.write(`${path}/users/carol`, { password: "pw" });

      expectStatus(await client.write(`${path}/users/CAROL/password`, { password: long }), 204);

      expectStatus(await client.write(`${path}/login/carol`, { password: "pw" }), 400);
      expectStatus(await client.write(`${path}/login/carol`, { password: long.slice(0, 72) }), 400);
      expectStatus(await client.write(`${path}/login/carol`, { password: long }), 200);
    });

    test("change their policies", async () => {
      verifies("A60");
      const { client, path } = mount();
      await client.write(`${path}/users/dave`, { password: "pw" });

      expectStatus(await client.write(`${path}/users/dave/policies`, { token_policies: "Foo, foo,bar" }), 204);

      assert.deepEqual((await client.read(`${path}/users/dave`)).at("data", "token_policies"), ["bar", "foo"]);
    });

    test("are a matter for tokens only", async () => {
      const { client, path } = mount();

      expectRefusal(await client.withToken(undefined).list(`${path}/users`), 403, "permission denied");
    });
  });

  describe("settings of the example auth method", () => {
    const mount = useMount(server, exampleAuth);

    test("change one at a time", async () => {
      verifies("A124", "A125");
      const { client, path } = mount();
      const before = Object(expectStatus(await client.read(`${path}/config`), 200).at("data"));

      expectStatus(await client.write(`${path}/config`, { lockout_threshold: 3 }), 204);

      const after = expectStatus(await client.read(`${path}/config`), 200).at("data");
      assert.deepEqual(after, { ...before, lockout_threshold: 3 });
    });

    test("never show the shared secret", async () => {
      const { client, path } = mount();
      await client.write(`${path}/config`, { shared_secret: "open sesame" });

      const answer = expectStatus(await client.read(`${path}/config`), 200);

      assert.ok(!JSON.stringify(answer.body).includes("open sesame"));
    });
  });
}
