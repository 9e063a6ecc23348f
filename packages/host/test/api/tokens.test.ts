import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestHost, type TestHost } from "../test-host.ts";

const hour = 3600;

test("makes a token that inherits its policies, and looks at it", async () => {
  await using host = await startTestHost();
  const { body } = await host.call("POST", "auth/token/create", {
    body: { policies: ["default", "Team "], ttl: "1h", meta: { a: "b" }, display_name: "ci job" },
  });
  const token = body.auth.client_token;

  const self = await host.call("GET", "auth/token/lookup-self", { token });
  const byAccessor = await host.call("POST", "auth/token/lookup-accessor", { body: { accessor: body.auth.accessor } });

  assert.deepEqual(body.auth.policies, ["default", "team"]);
  assert.equal(body.auth.lease_duration, hour);
  assert.equal(body.auth.renewable, true);
  assert.equal(body.auth.orphan, false);
  assert.deepEqual(body.warnings, ['Policy "team" does not exist']);
  assert.equal(self.body.data.id, token);
  assert.equal(self.body.data.display_name, "token-ci-job");
  assert.deepEqual(self.body.data.meta, { a: "b" });
  assert.equal(self.body.data.ttl, hour);
  assert.equal(self.body.data.path, "auth/token/create");
  assert.equal(byAccessor.body.data.id, "");
});

test("ends a token when its time is over", async () => {
  await using host = await startTestHost();
  const token = await makeToken(host, { ttl: "10s" });

  await host.clock.advance(9);
  const before = await host.call("GET", "auth/token/lookup-self", { token });
  await host.clock.advance(1);
  const after = await host.call("GET", "auth/token/lookup-self", { token });

  assert.equal(before.body.data.ttl, 1);
  assert.equal(after.status, 403);
});

test("renews a token up to its longest life", async () => {
  await using host = await startTestHost();
  const token = await makeToken(host, { ttl: "1h", explicit_max_ttl: "90m" });
  await host.clock.advance(hour - 60);

  const renewed = await host.call("POST", "auth/token/renew-self", { token, body: { increment: "1h" } });

  assert.equal(renewed.body.auth.lease_duration, 31 * 60);
  assert.equal(renewed.body.auth.client_token, token);
  assert.deepEqual(renewed.body.warnings, [
    'TTL of "1h" exceeded the effective max_ttl of "31m"; TTL value is capped accordingly',
  ]);
});

test("keeps a periodic token alive as long as it is renewed", async () => {
  await using host = await startTestHost();
  const token = await makeToken(host, { period: "1h" });
  await host.clock.advance(hour - 1);
  await host.call("POST", "auth/token/renew-self", { token });
  await host.clock.advance(hour - 1);

  const { body } = await host.call("GET", "auth/token/lookup-self", { token });

  assert.equal(body.data.ttl, 1);
  assert.equal(body.data.period, hour);
});

test("counts uses, also of requests that are refused", async () => {
  await using host = await startTestHost();
  const token = await makeToken(host, { num_uses: 2, policies: ["default"] });

  const refused = await host.call("GET", "sys/mounts", { token });
  const last = await host.call("GET", "auth/token/lookup-self", { token });
  const after = await host.call("GET", "auth/token/lookup-self", { token });

  assert.deepEqual([refused.status, refused.body.errors], [403, ["1 error occurred:\n\t* permission denied\n\n"]]);
  assert.equal(last.status, 200);
  assert.equal(after.status, 403);
});

test("revokes a token with all that were made with it, but not orphans", async () => {
  await using host = await startTestHost();
  const policies = ["root"];
  const parent = await makeToken(host, { policies });
  const child = await makeToken(host, { policies }, parent);
  const grandchild = await makeToken(host, { policies }, child);
  const orphan = await makeToken(host, { policies, no_parent: true }, child);

  const revoked = await host.call("POST", "auth/token/revoke", { body: { token: parent } });

  assert.equal(revoked.status, 204);
  for (const [token, status] of [
    [parent, 403],
    [child, 403],
    [grandchild, 403],
    [orphan, 200],
  ] as const)
    assert.equal((await host.call("GET", "auth/token/lookup-self", { token })).status, status);
});

test("limits what a token can give to others", async () => {
  await using host = await startTestHost();
  await host.call("POST", "sys/policies/acl/maker", {
    body: { policy: 'path "auth/token/create" { capabilities = ["update"] }' },
  });
  const token = await makeToken(host, { policies: ["maker"] });
  const make = async (body: object) => (await host.call("POST", "auth/token/create", { token, body })).body.errors;

  assert.deepEqual(await make({ policies: ["root"] }), ["child policies must be subset of parent"]);
  assert.deepEqual(await make({ no_parent: true }), ["root or sudo privileges required to create orphan token"]);
  assert.deepEqual(await make({ id: "mine" }), ["root or sudo privileges required to specify token id"]);
  assert.deepEqual(await make({ period: "1h" }), ["root or sudo privileges required to create periodic token"]);
  assert.equal(await make({}), undefined);
});

test("makes batch tokens that nothing is kept of", async () => {
  await using host = await startTestHost();
  const token = await makeToken(host, { type: "batch", ttl: "1m", policies: ["default"] });

  const { body } = await host.call("GET", "auth/token/lookup-self", { token });
  const renewed = await host.call("POST", "auth/token/renew-self", { token });
  const child = await host.call("POST", "auth/token/create", { body: { type: "batch", num_uses: 1 } });
  await host.clock.advance(60);
  const after = await host.call("GET", "auth/token/lookup-self", { token });

  assert.match(token, /^hvb\./);
  assert.equal(body.data.type, "batch");
  assert.equal(body.data.ttl, 60);
  assert.deepEqual([renewed.status, renewed.body.errors], [400, ["batch tokens cannot be renewed"]]);
  assert.deepEqual(child.body.errors, ['batch tokens cannot have "num_uses" set']);
  assert.equal(after.status, 403);
});

test("lets a token be named by the root token only once", async () => {
  await using host = await startTestHost();

  const token = await makeToken(host, { id: "my-token" });
  const again = await host.call("POST", "auth/token/create", { body: { id: "my-token" } });

  assert.equal(token, "my-token");
  assert.equal(again.status, 400);
});

test("takes a token from the Authorization header too", async () => {
  await using host = await startTestHost();

  const answer = await host.call("GET", "auth/token/lookup-self", {
    token: "",
    headers: { Authorization: `Bearer ${host.host.rootToken}` },
  });

  assert.equal(answer.body.data.display_name, "root");
});

test("needs sudo to list accessors", async () => {
  await using host = await startTestHost();
  await host.call("POST", "sys/policies/acl/lister", {
    body: { policy: 'path "auth/token/accessors" { capabilities = ["list"] }' },
  });
  const token = await makeToken(host, { policies: ["lister"] });

  const refused = await host.call("LIST", "auth/token/accessors", { token });
  const listed = await host.call("LIST", "auth/token/accessors");

  assert.equal(refused.status, 403);
  assert.equal(listed.body.data.keys.length, 2);
});

test("does not let the last use of a token make or renew one", async () => {
  await using host = await startTestHost();
  const maker = await makeToken(host, { policies: ["root"], num_uses: 1, ttl: "1h" });
  const renewer = await makeToken(host, { policies: ["default"], num_uses: 1 });

  const made = await host.call("POST", "auth/token/create", { token: maker, body: {} });
  const renewed = await host.call("POST", "auth/token/renew-self", { token: renewer });

  assert.deepEqual([made.status, made.body.errors], [400, ["parent token lookup failed: no parent found"]]);
  assert.deepEqual([renewed.status, renewed.body.errors], [400, ["token not found"]]);
});

async function makeToken(host: TestHost, body: object, token = host.host.rootToken): Promise<string> {
  const answer = await host.call("POST", "auth/token/create", { body, token });
  assert.equal(answer.status, 200, answer.text);
  return answer.body.auth.client_token;
}
