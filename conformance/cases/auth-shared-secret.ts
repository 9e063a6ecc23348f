import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, createClient } from "../client.ts";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { exampleAuth } from "../plugins.ts";
import { verifies } from "../verifies.ts";

const password = "super-secret-password";

/** The public sample's login: one password for everybody. */
export function authSharedSecretCases(server: () => ServerUnderTest): void {
  describe("shared secret of the example auth method", () => {
    const unset = useMount(server, exampleAuth);
    const mount = useMount(server, exampleAuth);

    async function login(body: object): Promise<Answer> {
      const { client, path } = mount();
      expectStatus(await client.write(`${path}/config`, { shared_secret: password }), 204);
      return client.withToken(undefined).write(`${path}/login`, body);
    }

    test("is refused where none is configured", async () => {
      const { client, path } = unset();

      const answer = await client.withToken(undefined).write(`${path}/login`, { password });

      assert.ok(answer.status === 400 || answer.status === 403, `answered ${answer.status}`);
    });

    test("gives the sample's token", async () => {
      verifies("A2", "A3", "A4", "A5", "A138");
      const answer = expectStatus(await login({ password }), 200);

      assert.deepEqual(answer.at("auth", "policies"), ["default", "my-policy", "other-policy"]);
      assert.deepEqual(answer.at("auth", "metadata"), { fruit: "banana" });
      assert.equal(answer.at("auth", "lease_duration"), 30);
      assert.equal(answer.at("auth", "renewable"), true);
      assert.equal(answer.at("auth", "token_type"), "service");
      assert.equal(answer.at("auth", "orphan"), true);
      assert.equal(answer.at("auth", "num_uses"), 0);
      assert.equal(answer.at("auth", "entity_id"), "");
      assert.equal(answer.at("data"), null);
    });

    test("refuses another password, and none", async () => {
      verifies("A6", "A7", "A8");
      assert.deepEqual(expectStatus(await login({ password: "x" }), 403).body, { errors: ["permission denied"] });
      assert.deepEqual(expectStatus(await login({}), 403).body, { errors: ["permission denied"] });
      expectRefusal(await login({ password: ["a", "b"] }), 400, "Field validation failed");
    });

    test("answers other operations and paths as every method does", async () => {
      verifies("A9", "A10", "A11", "S12", "S13");
      const { client, path } = mount();
      const stranger = client.withToken(undefined);

      assert.deepEqual(expectStatus(await stranger.read(`${path}/login`), 405).errors, ["unsupported operation"]);
      expectRefusal(await client.write(`${path}/other`), 404, "unsupported path");
      expectStatus(await stranger.write(`${path}/other`), 403);
    });

    test("does not mind a bad token beside it", async () => {
      verifies("A12");
      const { path } = mount();
      await login({ password });

      const answer = await createClient(server().address, "nonsense").write(`${path}/login`, { password });

      expectStatus(answer, 200);
    });

    test("gives a token that is renewed up to an hour", async () => {
      verifies("A13", "A14", "A15", "A16");
      const { client, path } = mount();
      const holder = client.withToken(expectText(await login({ password }), "auth", "client_token"));

      const self = await holder.read("auth/token/lookup-self");
      assert.equal(self.at("data", "path"), `${path}/login`);
      assert.equal(self.at("data", "display_name"), path.replace("auth/", ""));
      assert.equal(self.at("data", "creation_ttl"), 30);
      const renewed = expectStatus(await holder.write("auth/token/renew-self"), 200);
      assert.equal(renewed.at("auth", "lease_duration"), 30);
      const longer = await holder.write("auth/token/renew-self", { increment: "10m" });
      assert.equal(longer.at("auth", "lease_duration"), 600);
      const capped = await holder.write("auth/token/renew-self", { increment: "5h" });
      assert.ok(Number(capped.at("auth", "lease_duration")) <= 3600);
      assert.match(JSON.stringify(capped.at("warnings")), /exceeded the effective max_ttl/);
    });
  });

  describe("a token of the shared secret", () => {
    const mount = useMount(server, exampleAuth);

    test("ends with its lifetime when it is not renewed", async () => {
      verifies("A17");
      const { client, path } = mount();
      await client.write(`${path}/config`, { shared_secret: password, shared_ttl: "1s" });
      const answer = await client.withToken(undefined).write(`${path}/login`, { password });
      const holder = client.withToken(expectText(expectStatus(answer, 200), "auth", "client_token"));

      await sleep(2_000);

      expectStatus(await holder.read("auth/token/lookup-self"), 403);
    });
  });

  describe("shared secret under a tuned mount", () => {
    const mount = useMount(server, exampleAuth);

    test("follows the mount's token type", async () => {
      verifies("A22", "A23");
      const { client, path } = mount();
      await client.write(`${path}/config`, { shared_secret: password });

      expectStatus(await client.write(`sys/${path}/tune`, { token_type: "batch" }), 204);

      const answer = expectStatus(await client.withToken(undefined).write(`${path}/login`, { password }), 200);
      assert.equal(answer.at("auth", "token_type"), "batch");
      assert.equal(answer.at("auth", "renewable"), false);
      const holder = client.withToken(expectText(answer, "auth", "client_token"));
      expectRefusal(await holder.write("auth/token/renew-self"), 400, "batch tokens cannot be renewed");
      expectStatus(await client.write(`sys/${path}/tune`, { token_type: "default-service" }), 204);
    });

    test("follows the mount's longest lifetime", async () => {
      verifies("A24");
      const { client, path } = mount();
      await client.write(`${path}/config`, { shared_secret: password });

      expectStatus(await client.write(`sys/${path}/tune`, { max_lease_ttl: "10s" }), 204);

      const answer = expectStatus(await client.withToken(undefined).write(`${path}/login`, { password }), 200);
      assert.equal(answer.at("auth", "lease_duration"), 10);
      assert.deepEqual(answer.at("warnings"), [
        'TTL of "30s" exceeded the effective max_ttl of "10s"; TTL value is capped accordingly',
      ]);
    });

    test("is never locked", async () => {
      verifies("A21");
      const { client, path } = mount();
      const stranger = client.withToken(undefined);
      await client.write(`${path}/config`, { shared_secret: password });

      for (let attempt = 0; attempt < 10; attempt++) await stranger.write(`${path}/login`, { password: "x" });

      expectStatus(await stranger.write(`${path}/login`, { password }), 200);
    });
  });
}
