import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestHost, type TestHost } from "../test-host.ts";

test("writes, reads, lists and deletes roles", async () => {
  await using host = await startTestHost();
  const none = await host.call("LIST", "auth/token/roles");
  const written = await host.call("POST", "auth/token/roles/a", {
    body: { allowed_policies: "B,a", token_period: "1h", token_bound_cidrs: "10.0.0.0/8", token_num_uses: 3 },
  });
  await host.call("POST", "auth/token/roles/a", { body: { orphan: true } });

  const read = await host.call("GET", "auth/token/roles/a");
  const listed = await host.call("LIST", "auth/token/roles");
  const removed = await host.call("DELETE", "auth/token/roles/a");
  const gone = await host.call("GET", "auth/token/roles/a");

  assert.equal(none.status, 404);
  assert.equal(written.status, 204);
  assert.deepEqual(read.body.data, {
    allowed_entity_aliases: null,
    allowed_policies: ["a", "b"],
    allowed_policies_glob: [],
    disallowed_policies: [],
    disallowed_policies_glob: [],
    explicit_max_ttl: 0,
    name: "a",
    orphan: true,
    path_suffix: "",
    period: 0,
    renewable: true,
    token_bound_cidrs: ["10.0.0.0/8"],
    token_explicit_max_ttl: 0,
    token_no_default_policy: false,
    token_num_uses: 3,
    token_period: 3600,
    token_type: "default-service",
  });
  assert.deepEqual(listed.body.data.keys, ["a"]);
  assert.equal(removed.status, 204);
  assert.equal(gone.status, 404);
});

test("refuses roles that cannot be", async () => {
  await using host = await startTestHost();
  const write = async (body: object) => (await host.call("POST", "auth/token/roles/a", { body })).body.errors[0];

  assert.equal(
    await write({ token_type: "batch" }),
    "'token_type' cannot be 'batch' when role is set to generate non-orphan tokens",
  );
  assert.equal(await write({ token_type: "odd" }), `invalid 'token_type' value "odd"`);
  assert.equal(
    await write({ path_suffix: "a b" }),
    "given role path suffix contains invalid characters; must match \\w[\\w-.]+\\w",
  );
  assert.equal(
    await write({ period: -1 }),
    `error converting input for field "period": cannot provide negative value '-1'`,
  );
  assert.equal(await write({ token_num_uses: -1 }), "error parsing role fields: 'token_num_uses' cannot be negative");
  assert.equal(
    await write({ token_bound_cidrs: "x" }),
    `error parsing role fields: error parsing address "x": Unable to convert "x" to an IPv4 or IPv6 address, or a UNIX Socket`,
  );
});

test("makes tokens within what a role allows", async () => {
  await using host = await startTestHost();
  await host.call("POST", "auth/token/roles/a", {
    body: { allowed_policies: "b", allowed_policies_glob: "c*", renewable: false, path_suffix: "suffix", orphan: true },
  });

  const own = await create(host, "a", {});
  const asked = await create(host, "a", { policies: ["cc"] });
  const refused = await create(host, "a", { policies: ["x"] });
  const unknown = await create(host, "none", {});
  const looked = await host.call("GET", "auth/token/lookup-self", { token: own.body.auth.client_token });

  assert.deepEqual(own.body.auth.policies, ["b", "default"]);
  assert.equal(own.body.auth.renewable, false);
  assert.deepEqual(asked.body.auth.policies, ["cc", "default"]);
  assert.deepEqual(refused.body.errors, [
    `token policies (["default" "x"]) must be subset of the role's allowed policies (["b" "default"]) or glob policies (["c*"])`,
  ]);
  assert.deepEqual(unknown.body.errors, ["unknown role none"]);
  const { path, role, orphan } = looked.body.data;
  assert.deepEqual({ path, role, orphan }, { path: "auth/token/create/a/suffix", role: "a", orphan: true });
});

test("makes no token with a policy that a role disallows", async () => {
  await using host = await startTestHost();
  await host.call("POST", "auth/token/roles/a", { body: { disallowed_policies: "x", disallowed_policies_glob: "y*" } });

  const plain = await create(host, "a", { policies: ["x"] });
  const glob = await create(host, "a", { policies: ["yy"] });

  assert.deepEqual(plain.body.errors, [`token policy "x" is disallowed by this role`]);
  assert.deepEqual(glob.body.errors, [`token policy "yy" is disallowed by this role`]);
});

test("takes the smaller of what is asked for and what a role says", async () => {
  await using host = await startTestHost();
  await host.call("POST", "auth/token/roles/a", { body: { token_explicit_max_ttl: "1h", token_num_uses: 2 } });

  const { body } = await create(host, "a", { policies: ["b"], explicit_max_ttl: "2h", num_uses: 5 });

  assert.equal(body.auth.lease_duration, 3600);
  assert.equal(body.auth.num_uses, 2);
  assert.deepEqual(body.warnings.slice(0, 1), [
    "Explicit max TTL specified both during creation call and in role; using the lesser value of 3600 seconds",
  ]);
});

test("renews a token as its role says today, and not at all without the role", async () => {
  await using host = await startTestHost();
  await host.call("POST", "auth/token/roles/a", { body: { token_period: "1h" } });
  const made = await create(host, "a", { policies: ["default"] });
  const token = made.body.auth.client_token;
  await host.call("POST", "auth/token/roles/a", { body: { token_period: "2h" } });

  const renewed = await host.call("POST", "auth/token/renew-self", { token });
  await host.call("DELETE", "auth/token/roles/a");
  const refused = await host.call("POST", "auth/token/renew-self", { token });

  assert.equal(renewed.body.auth.lease_duration, 7200);
  assert.match(refused.body.errors[0], /original token role "a" could not be found, not renewing/);
});

test("makes batch tokens where a role wants them", async () => {
  await using host = await startTestHost();
  await host.call("POST", "auth/token/roles/a", { body: { token_type: "batch", orphan: true, renewable: false } });

  const { body } = await create(host, "a", { policies: ["b"], type: "service" });

  assert.equal(body.auth.token_type, "batch");
});

test("makes a token for an alias that a role allows", async () => {
  await using host = await startTestHost();
  await host.call("POST", "auth/token/roles/a", { body: { allowed_entity_aliases: "Me*" } });

  const allowed = await create(host, "a", { policies: ["b"], entity_alias: "me2" });
  const again = await create(host, "a", { policies: ["b"], entity_alias: "me2" });
  const refused = await create(host, "a", { policies: ["b"], entity_alias: "you" });
  const roleless = await host.call("POST", "auth/token/create", { body: { entity_alias: "me2" } });

  assert.match(allowed.body.auth.entity_id, /^[0-9a-f-]{36}$/);
  assert.equal(again.body.auth.entity_id, allowed.body.auth.entity_id);
  assert.deepEqual(refused.body.errors, ["invalid 'entity_alias' value"]);
  assert.deepEqual(roleless.body.errors, ["'entity_alias' is only allowed in combination with token role"]);
});

test("lets a token that ends make none that does not", async () => {
  await using host = await startTestHost();
  const { body } = await host.call("POST", "auth/token/create", { body: { policies: ["root"], ttl: "1h" } });

  const refused = await host.call("POST", "auth/token/create", { token: body.auth.client_token, body: {} });
  const bounded = await host.call("POST", "auth/token/create", { body: { explicit_max_ttl: "1h" } });

  assert.deepEqual(refused.body.errors, ["expiring root tokens cannot create non-expiring root tokens"]);
  assert.equal(bounded.body.auth.lease_duration, 3600);
});

function create(host: TestHost, role: string, body: object) {
  return host.call("POST", `auth/token/create/${role}`, { body });
}
