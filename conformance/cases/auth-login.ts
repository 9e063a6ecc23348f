import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Answer } from "../client.ts";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { exampleAuth } from "../plugins.ts";
import { verifies } from "../verifies.ts";

const wrong = ["invalid username or password"];

/** Logging in with a user's name and password. */
export function authLoginCases(server: () => ServerUnderTest): void {
  describe("login of the example auth method", () => {
    const mount = useMount(server, exampleAuth);

    before(async () => {
      const { client, path } = mount();
      await client.write(`${path}/users/bob`, { password: "pw", token_policies: "a,b", token_ttl: "10m" });
    });

    /** Logs somebody in and gives the answer; without a token, as a stranger would. */
    function login(name: string, body: object): Promise<Answer> {
      const { client, path } = mount();
      return client.withToken(undefined).write(`${path}/login/${name}`, body);
    }

    test("gives a token with the user's parameters", async () => {
      verifies("A62", "A63", "W110");
      const first = expectStatus(await login("bob", { password: "pw" }), 200);
      const second = expectStatus(await login("BoB", { password: "pw" }), 200);

      assert.deepEqual(first.at("auth", "policies"), ["a", "b", "default"]);
      assert.deepEqual(first.at("auth", "token_policies"), ["a", "b", "default"]);
      assert.deepEqual(second.at("auth", "metadata"), { username: "bob" });
      assert.equal(first.at("auth", "lease_duration"), 600);
      assert.equal(first.at("auth", "renewable"), true);
      assert.equal(expectText(first, "auth", "entity_id"), expectText(second, "auth", "entity_id"));
    });

    test("names the user in the token", async () => {
      verifies("A64");
      const { client, path } = mount();
      const token = expectText(await login("bob", { password: "pw" }), "auth", "client_token");

      const self = expectStatus(await client.withToken(token).read("auth/token/lookup-self"), 200);

      assert.equal(self.at("data", "display_name"), `${path.replace("auth/", "")}-bob`);
      assert.equal(self.at("data", "path"), `${path}/login/bob`);
      assert.deepEqual(self.at("data", "meta"), { username: "bob" });
    });

    test("answers the same to every mistake", async () => {
      verifies("A65", "A66", "A126");
      const answers = [
        await login("bob", { password: "bad" }),
        await login("nobody", { password: "pw" }),
        await login("bob", {}),
        await login("bob", { password: "" }),
      ];

      for (const answer of answers) assert.deepEqual(expectStatus(answer, 400).body, { errors: wrong });
      // The right password clears what the wrong ones counted.
      expectStatus(await login("bob", { password: "pw" }), 200);
    });

    test("warns about a name in the body", async () => {
      verifies("A70");
      const answer = expectStatus(await login("bob", { password: "pw", username: "eve" }), 200);

      assert.deepEqual(answer.at("auth", "metadata"), { username: "bob" });
      assert.match(JSON.stringify(answer.at("warnings")), /Endpoint replaced the value of these parameters/);
    });

    test("takes the name from the body where the path has none", async () => {
      const { client, path } = mount();

      const answer = await client.withToken(undefined).write(`${path}/login`, { username: "bob", password: "pw" });

      assert.deepEqual(expectStatus(answer, 200).at("auth", "metadata"), { username: "bob" });
    });

    test("is a write", async () => {
      verifies("A71");
      const { client, path } = mount();

      expectStatus(await client.read(`${path}/login/bob`), 405);
    });

    test("checks the address behind the password", async () => {
      verifies("A72", "A73", "A74");
      const { client, path } = mount();
      await client.write(`${path}/users/far`, { password: "pw", token_bound_cidrs: "10.9.9.0/24" });
      await client.write(`${path}/users/near`, { password: "pw", token_bound_cidrs: "127.0.0.1/32" });

      assert.deepEqual(expectStatus(await login("far", { password: "bad" }), 400).errors, wrong);
      assert.deepEqual(expectStatus(await login("far", { password: "pw" }), 403).errors, ["permission denied"]);
      const token = expectText(await login("near", { password: "pw" }), "auth", "client_token");
      const self = await client.withToken(token).read("auth/token/lookup-self");
      assert.deepEqual(self.at("data", "bound_cidrs"), ["127.0.0.1"]);
    });

    test("honours every token parameter", async () => {
      verifies("A78", "A79", "A80", "A81", "A82");
      const { client, path } = mount();
      const parameters = {
        bare: { token_policies: "a,b", token_no_default_policy: true },
        counted: { token_num_uses: 2 },
        batch: { token_type: "batch" },
        periodic: { token_period: "30s" },
        ending: { token_explicit_max_ttl: "20s", token_ttl: "1m" },
      };
      for (const [name, body] of Object.entries(parameters)) {
        expectStatus(await client.write(`${path}/users/${name}`, { password: "pw", ...body }), 204);
      }
      const auth = async (name: keyof typeof parameters, field: string): Promise<unknown> =>
        expectStatus(await login(name, { password: "pw" }), 200).at("auth", field);

      assert.deepEqual(await auth("bare", "policies"), ["a", "b"]);
      assert.equal(await auth("counted", "num_uses"), 2);
      assert.equal(await auth("batch", "token_type"), "batch");
      assert.equal(await auth("batch", "renewable"), false);
      assert.equal(await auth("periodic", "lease_duration"), 30);
      assert.equal(await auth("ending", "lease_duration"), 20);
    });

    test("makes no root token", async () => {
      verifies("A76");
      const { client, path } = mount();
      await client.write(`${path}/users/rooted`, { password: "pw", token_policies: "root" });

      expectRefusal(await login("rooted", { password: "pw" }), 400, "auth methods cannot create root tokens");
    });

    test("serves fifty at once, and another path of the process meanwhile", async () => {
      verifies("A132");
      const { client, path } = mount();

      const logins = Promise.all(Array.from({ length: 50 }, () => login("bob", { password: "pw" })));
      const meanwhile = await Promise.race([client.read(`${path}/config`), logins.then(() => "the logins came first")]);
      const answers = await logins;

      assert.notEqual(meanwhile, "the logins came first");
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    });
  });
}
