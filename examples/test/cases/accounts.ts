import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Answer } from "../../../conformance/client.ts";
import { mustSucceed, type VaultServer } from "../../../scripts/start/server.ts";
import { type Service, startService } from "../../accounts/service.ts";

/** What the accounts engine must do in every server, with a service of its own. */
export function accountsCases(server: () => VaultServer): void {
  const client = () => server().client;
  let service: Service;

  before(async () => {
    service = await startService({ name: "manager", password: "first" });
    const config = { url: service.url, username: "manager", password: "first" };
    await mustSucceed("configure", client().write("accounts/config", config));
    await mustSucceed("write the role", client().write("accounts/roles/reader", { ttl: "10m", max_ttl: "1h" }));
  });

  after(() => service.close());

  test("hands out an account that the service knows, under a lease", async () => {
    const answer = await mustSucceed("read", client().read("accounts/creds/reader"));

    assert.equal(answer.at("lease_duration"), 600);
    assert.equal(answer.at("renewable"), true);
    assert.equal(await statusOf(answer), 200);
  });

  test("renews a lease", async () => {
    const lease = (await mustSucceed("read", client().read("accounts/creds/reader"))).at("lease_id");

    const renewed = await mustSucceed("renew", client().write("sys/leases/renew", { lease_id: lease, increment: 900 }));

    assert.equal(renewed.at("lease_id"), lease);
    assert.equal(renewed.at("lease_duration"), 900);
  });

  test("deletes the account when its lease is revoked", async () => {
    const answer = await mustSucceed("read", client().read("accounts/creds/reader"));

    await mustSucceed("revoke", client().write("sys/leases/revoke", { lease_id: answer.at("lease_id"), sync: true }));

    assert.equal(await statusOf(answer), 401);
  });

  test("keeps working with a password that nobody has seen", async () => {
    await mustSucceed("rotate", client().write("accounts/config/rotate"));

    const answer = await mustSucceed("read", client().read("accounts/creds/reader"));

    assert.equal(await statusOf(answer), 200);
    assert.notEqual(service.accounts.get("manager"), "first");
  });

  test("never shows the password of the managing account", async () => {
    const { body } = await mustSucceed("read", client().read("accounts/config"));

    assert.ok(!JSON.stringify(body).includes(service.accounts.get("manager") ?? ""));
  });

  async function statusOf(answer: Answer): Promise<number> {
    const login = `${answer.at("data", "username")}:${answer.at("data", "password")}`;
    const authorization = `Basic ${Buffer.from(login).toString("base64")}`;
    return (await fetch(`${service.url}/me`, { headers: { authorization } })).status;
  }
}
