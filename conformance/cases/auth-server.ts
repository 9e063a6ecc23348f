import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Answer } from "../client.ts";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { rootClient, useMount } from "../mounts.ts";
import { exampleAuth, type Plugin, sha256 } from "../plugins.ts";
import { verifies } from "../verifies.ts";

/** What real servers do around logins, and the embedded host does not: identities, quotas for roles, lockout by the server. */
export function authServerCases(server: () => ServerUnderTest): void {
  describe("a server around the example auth method", () => {
    const mount = useMount(server, exampleAuth);

    function login(name: string, password = "pw"): Promise<Answer> {
      const { client, path } = mount();
      return client.withToken(undefined).write(`${path}/login/${name}`, { password });
    }

    test("refuses logins of a disabled entity", async () => {
      verifies("A84");
      const { client, path } = mount();
      await client.write(`${path}/users/bob`, { password: "pw" });
      const entity = expectText(expectStatus(await login("bob"), 200), "auth", "entity_id");

      expectStatus(await client.write(`identity/entity/id/${entity}`, { disabled: true }), 204);
      assert.deepEqual(expectStatus(await login("bob"), 403).errors, ["permission denied"]);

      expectStatus(await client.write(`identity/entity/id/${entity}`, { disabled: false }), 204);
      expectStatus(await login("bob"), 200);
    });

    test("has quotas for roles where the method says which role a login gets, and nowhere else", async () => {
      verifies("A19");
      const { client, path } = mount();
      await client.write(`${path}/users/carol`, { password: "pw" });
      const quota = { rate: 100, role: "carol" };

      expectStatus(await client.write("sys/quotas/rate-limit/of-role", { ...quota, path: `${path}/` }), 204);
      const refused = await client.write("sys/quotas/rate-limit/of-none", { ...quota, path: "auth/token/" });

      expectRefusal(refused, 400, 'Mount path "auth/token/" does not support use with role-based quotas');
      const stranger = client.withToken(undefined);
      expectStatus(await stranger.write(`${path}/login`, { username: "carol", password: "pw" }), 200);
      expectStatus(await login("carol"), 200);
      expectStatus(await client.delete("sys/quotas/rate-limit/of-role"), 204);
    });

    test("does not let its own lockout be tuned", async () => {
      verifies("A20");
      const { client, path } = mount();

      const answer = await client.write(`sys/${path}/tune`, { user_lockout_config: { lockout_threshold: "3" } });

      expectRefusal(answer, 400, "tuning of user lockout configuration for auth type");
    });
  });

  describe("a server with the example auth method in the place of its own", () => {
    // Under this name the server locks users out itself, and asks the plugin for the alias before each login.
    const userpass: Plugin = { name: "userpass", type: "auth" };
    before(async () => {
      const hash = sha256(join(server().pluginDirectory, exampleAuth.name));
      const body = { sha256: hash, command: exampleAuth.name };
      expectStatus(await rootClient(server()).write(`sys/plugins/catalog/auth/${userpass.name}`, body), 204);
    });
    const mount = useMount(server, userpass);
    after(async () => {
      await rootClient(server()).delete(`sys/plugins/catalog/auth/${userpass.name}`);
    });

    test("counts no failure of an external plugin", async () => {
      verifies("A99");
      const { client, path } = mount();
      const stranger = client.withToken(undefined);
      await client.write(`${path}/config`, { lockout_threshold: 0 });
      await client.write(`${path}/users/bob`, { password: "pw" });

      for (let attempt = 0; attempt < 10; attempt += 1)
        expectStatus(await stranger.write(`${path}/login/bob`, { password: "bad" }), 400);

      expectStatus(await stranger.write(`${path}/login/BoB`, { password: "pw" }), 200);
    });

    test("lives on when the plugin knows no alias", async () => {
      const { client, path } = mount();
      await client.write(`${path}/config`, { shared_secret: "open sesame" });

      const answer = await client.withToken(undefined).write(`${path}/login`, { password: "open sesame" });

      expectStatus(answer, 500);
    });
  });
}
