import assert from "node:assert/strict";
import { test } from "node:test";
import { LogicalError, UserError } from "@vaultwright/core/launch";
import { createLeasing } from "../leasing.ts";
import { startTestHost } from "../test-host.ts";

test("leases a secret and looks at the lease", async () => {
  await using host = await startTestHost({ users: createLeasing() });
  await host.mount("secret", "users");

  const { body } = await host.call("GET", "users/creds/a");
  const looked = await host.call("PUT", "sys/leases/lookup", { body: { lease_id: body.lease_id } });
  const listed = await host.call("LIST", "sys/leases/lookup/users/creds/a");

  assert.match(body.lease_id, /^users\/creds\/a\/[0-9A-Za-z]{24}$/);
  assert.equal(body.lease_duration, 600);
  assert.equal(body.renewable, true);
  assert.deepEqual(looked.body.data, {
    expire_time: "2026-01-01T00:10:00.000Z",
    id: body.lease_id,
    issue_time: "2026-01-01T00:00:00.000Z",
    last_renewal: null,
    renewable: true,
    ttl: 600,
  });
  assert.deepEqual(listed.body.data.keys, [body.lease_id.split("/").at(-1)]);
});

test("renews a lease by what the plugin says, within the longest life", async () => {
  const users = createLeasing();
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  const { body } = await host.call("GET", "users/creds/a");
  await host.clock.advance(300);

  const renewed = await host.call("PUT", "sys/leases/renew", { body: { lease_id: body.lease_id, increment: 7200 } });

  const { issueTime, ...secret } = users.calls[0]?.secret ?? {};
  assert.equal(users.calls[0]?.path, "creds/a");
  assert.equal(issueTime?.toISOString(), "2026-01-01T00:00:00.000Z");
  assert.deepEqual(secret, {
    ttl: 600,
    maxTtl: 3600,
    internalData: { secret_type: "user", n: 1 },
    renewable: true,
    increment: 7200,
  });
  assert.equal(renewed.body.lease_id, body.lease_id);
  assert.equal(renewed.body.lease_duration, 3300);
  assert.deepEqual(renewed.body.warnings, [
    'TTL of "2h" exceeded the effective max_ttl of "55m"; TTL value is capped accordingly',
  ]);
});

test("passes on why a plugin does not renew", async () => {
  const users = createLeasing();
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  const { body } = await host.call("GET", "users/creds/a");
  const renew = () => host.call("PUT", "sys/leases/renew", { body: { lease_id: body.lease_id } });

  users.renew = () => undefined;
  const silent = await renew();
  users.renew = () => {
    throw new UserError("no more");
  };
  const refused = await renew();
  users.renew = () => {
    throw new LogicalError("unknown", "broken");
  };
  const failed = await renew();
  const unknown = await host.call("PUT", "sys/leases/renew", { body: { lease_id: "users/creds/none" } });

  assert.equal(silent.status, 204);
  assert.deepEqual([refused.status, refused.body.errors], [400, ["no more"]]);
  assert.deepEqual([failed.status, failed.body.errors], [400, ["failed to renew entry: broken"]]);
  assert.deepEqual([unknown.status, unknown.body.errors], [400, ["lease not found"]]);
});

test("revokes a lease when its time is over, and when it is told to", async () => {
  const users = createLeasing();
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  const first = await host.call("GET", "users/creds/a");
  await host.clock.advance(600);
  const second = await host.call("GET", "users/creds/b");

  const revoked = await host.call("PUT", "sys/leases/revoke", {
    body: { lease_id: second.body.lease_id, sync: true },
  });

  assert.equal(revoked.status, 204);
  assert.deepEqual(
    users.calls.map(({ operation, path }) => `${operation} ${path}`),
    ["revoke creds/a", "revoke creds/b"],
  );
  for (const { body } of [first, second]) {
    const looked = await host.call("PUT", "sys/leases/lookup", { body: { lease_id: body.lease_id } });
    assert.deepEqual([looked.status, looked.body.errors], [400, ["invalid lease"]]);
  }
});

test("tries a failing revocation again, and gives up after six times", async () => {
  const users = createLeasing();
  users.revoke = () => {
    throw new LogicalError("unknown", "unreachable");
  };
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  const { body } = await host.call("GET", "users/creds/a");

  await host.clock.advance(600);
  assert.equal(users.calls.length, 1);
  await host.clock.advance(10 + 20 + 40 + 80 + 160);
  assert.equal(users.calls.length, 6);
  await host.clock.advance(100_000);

  assert.equal(users.calls.length, 6);
  const looked = await host.call("PUT", "sys/leases/lookup", { body: { lease_id: body.lease_id } });
  assert.equal(looked.status, 200);
});

test("gives up at once when the plugin says that nobody can revoke it", async () => {
  const users = createLeasing();
  users.revoke = () => {
    throw new LogicalError("unrecoverable", "unrecoverable error");
  };
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  await host.call("GET", "users/creds/a");

  await host.clock.advance(100_000);

  assert.equal(users.calls.length, 1);
});

test("revokes what a token fetched when the token ends", async () => {
  const users = createLeasing();
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  const made = await host.call("POST", "auth/token/create", { body: { policies: ["root"], ttl: "1m" } });
  await host.call("GET", "users/creds/a", { token: made.body.auth.client_token });

  await host.clock.advance(60);

  assert.equal(users.calls[0]?.operation, "revoke");
});

test("does not disable a mount whose leases cannot be revoked, until they can", async () => {
  const users = createLeasing();
  users.revoke = () => {
    throw new LogicalError("unknown", "unreachable");
  };
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  await host.call("GET", "users/creds/a");

  const refused = await host.call("DELETE", "sys/mounts/users");
  const tainted = await host.call("GET", "users/creds/b");
  delete users.revoke;
  const disabled = await host.call("DELETE", "sys/mounts/users");

  assert.equal(refused.status, 400);
  assert.match(refused.body.errors[0], /^failed to revoke "users\/creds\/a\/.*": unreachable$/);
  assert.equal(tainted.status, 404);
  assert.equal(disabled.status, 204);
});

test("drops the leases below a path by force", async () => {
  const users = createLeasing();
  users.revoke = () => {
    throw new LogicalError("unknown", "unreachable");
  };
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  await host.call("GET", "users/creds/a");

  const forced = await host.call("PUT", "sys/leases/revoke-force/users/creds");
  const listed = await host.call("LIST", "sys/leases/lookup/users/creds");

  assert.equal(forced.status, 204);
  assert.equal(listed.status, 404);
});

test("counts and lists the leases that it gave up revoking", async () => {
  const users = createLeasing();
  users.revoke = () => {
    throw new LogicalError("unrecoverable", "unrecoverable error");
  };
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  const { body: leased } = await host.call("GET", "users/creds/a");
  const { body: mount } = await host.call("GET", "sys/mounts/users");
  const { accessor } = mount.data;
  await host.clock.advance(600);

  const counted = await host.call("GET", "sys/leases/count?type=irrevocable");
  const listed = await host.call("GET", "sys/leases?type=irrevocable");
  const unlimited = await host.call("GET", "sys/leases?type=irrevocable&limit=none");
  const odd = await host.call("GET", "sys/leases?type=irrevocable&limit=x");
  const other = await host.call("GET", "sys/leases?type=other");

  assert.deepEqual(counted.body.data, { counts: { [accessor]: 1 }, lease_count: 1 });
  assert.deepEqual(listed.body.data, {
    lease_count: 1,
    leases: [{ error: "unrecoverable error", lease_id: leased.lease_id, mount_id: accessor }],
  });
  assert.equal(unlimited.body.data.leases.length, 1);
  assert.equal(odd.status, 500);
  assert.equal(other.status, 404);
});

test("revokes all leases below a path, at once or in the background", async () => {
  const users = createLeasing();
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  await host.call("GET", "users/creds/a");
  await host.call("GET", "users/creds/b");

  const waited = await host.call("PUT", "sys/leases/revoke-prefix/users/creds/a", { body: { sync: true } });
  const revokedNow = users.calls.map(({ path }) => path);
  const queued = await host.call("PUT", "sys/revoke-prefix/users/creds", { body: { sync: false } });
  await host.clock.advance(1);

  assert.equal(waited.status, 204);
  assert.deepEqual(revokedNow, ["creds/a"]);
  assert.equal(queued.status, 202);
  assert.deepEqual(
    users.calls.map(({ path }) => path),
    ["creds/a", "creds/b"],
  );
});

test("leaves the leases of paths alone that only begin with the letters of a prefix", async () => {
  const users = createLeasing();
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  for (const path of ["a", "ab", "a/c"]) await host.call("GET", `users/creds/${path}`);
  const { body: single } = await host.call("GET", "users/creds/d");

  await host.call("PUT", "sys/leases/revoke-prefix/users/creds/a", { body: { sync: true } });
  await host.call("PUT", "sys/leases/revoke-force/users/cre");
  await host.call("PUT", `sys/leases/revoke-prefix/${single.lease_id}`, { body: { sync: true } });
  const left = await host.call("LIST", "sys/leases/lookup/users/creds");

  assert.deepEqual(users.calls.map(({ path }) => path).sort(), ["creds/a", "creds/a/c", "creds/d"]);
  assert.deepEqual(left.body.data.keys, ["ab/"]);
});

test("refuses to renew by less than nothing", async () => {
  const users = createLeasing();
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  const { body } = await host.call("GET", "users/creds/a");

  const refused = await host.call("PUT", "sys/leases/renew", { body: { lease_id: body.lease_id, increment: -5 } });

  assert.deepEqual(refused.body.errors, [
    `Field validation failed: error converting input for field "increment": cannot provide negative value '-5'`,
  ]);
  assert.deepEqual(users.calls, []);
});

test("refuses a secret with a lease to the last use of a token, and revokes it", async () => {
  const users = createLeasing();
  await using host = await startTestHost({ users });
  await host.mount("secret", "users");
  await host.call("POST", "sys/policies/acl/users", { body: { policy: 'path "users/*" { capabilities = ["read"] }' } });
  const made = await host.call("POST", "auth/token/create", { body: { policies: ["users"], num_uses: 2 } });
  const fetch = () => host.call("GET", "users/creds/a", { token: made.body.auth.client_token });

  const first = await fetch();
  const last = await fetch();
  await host.clock.advance(1);

  assert.equal(first.status, 200);
  assert.deepEqual(
    [last.status, last.body.errors],
    [400, ["Secret cannot be returned; token had one use left, so leased credentials were immediately revoked."]],
  );
  assert.deepEqual(
    users.calls.map(({ operation }) => operation),
    ["revoke", "revoke"],
  );
});

test("has nothing to tidy", async () => {
  await using host = await startTestHost();

  const leases = await host.call("POST", "sys/leases/tidy");
  const tokens = await host.call("POST", "auth/token/tidy");

  assert.deepEqual([leases.status, tokens.status], [202, 202]);
  assert.match(leases.body.warnings[0], /^Tidy operation successfully started/);
});
