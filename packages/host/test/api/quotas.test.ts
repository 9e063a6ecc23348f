import assert from "node:assert/strict";
import { test } from "node:test";
import { type Backend, UnsupportedOperation } from "@vaultwright/core/launch";
import { passThrough } from "../pass-through.ts";
import { startTestHost, type TestHost } from "../test-host.ts";

test("refuses requests beyond a quota, and says when to come again", async () => {
  await using host = await startTestHost({ kv: passThrough });
  await host.mount("secret", "kv");
  await host.call("POST", "sys/quotas/config", { body: { enable_rate_limit_response_headers: true } });
  await host.call("POST", "sys/quotas/rate-limit/kv", { body: { rate: 2, interval: "1m", path: "kv" } });
  const statuses = [];
  for (let count = 0; count < 2; count += 1) statuses.push((await host.call("LIST", "kv/")).status);

  const refused = await host.call("GET", "kv/a");
  const elsewhere = await host.call("GET", "sys/mounts");
  await host.clock.advance(60);
  const again = await host.call("LIST", "kv/");

  assert.deepEqual(statuses, [404, 404]);
  assert.deepEqual([refused.status, refused.body.errors], [429, ['request path "kv/a": rate limit quota exceeded']]);
  assert.equal(refused.headers["retry-after"], "60");
  assert.equal(elsewhere.headers["x-ratelimit-limit"], undefined);
  assert.equal(again.headers["x-ratelimit-remaining"], "1");
});

test("counts no request of exempt paths", async () => {
  await using host = await startTestHost();
  await host.call("POST", "sys/quotas/config", { body: { rate_limit_exempt_paths: ["sys/", "!sys/mounts"] } });
  await host.call("POST", "sys/quotas/rate-limit/all", { body: { rate: 1, interval: "1h" } });

  const statuses = [];
  for (const path of ["sys/mounts", "sys/mounts", "sys/auth", "sys/health"])
    statuses.push((await host.call("GET", path)).status);

  assert.deepEqual(statuses, [200, 429, 200, 200]);
});

test("asks an auth method for the roles of its logins where a quota is for one", async () => {
  const plugin = people({ hasRoles: true });
  await using host = await startTestHost({ people: plugin });
  await host.mount("auth", "people");
  const body = { rate: 1, interval: "1h", path: "auth/people", role: "ada" };
  await host.call("POST", "sys/quotas/rate-limit/ada", { body });
  const logIn = async (name: string) =>
    (await host.call("POST", "auth/people/login", { token: "", body: { name } })).status;

  const statuses = [await logIn("ada"), await logIn("ada"), await logIn("bob")];
  await host.call("DELETE", "sys/auth/people");
  const gone = await host.call("GET", "sys/quotas/rate-limit/ada");

  assert.deepEqual(statuses, [200, 429, 200]);
  assert.equal(gone.status, 404);
});

test("lets quotas move with their mount", async () => {
  await using host = await startTestHost({ kv: passThrough });
  await host.mount("secret", "kv");
  await host.call("POST", "sys/quotas/rate-limit/kv", { body: { rate: 1, interval: "1h", path: "kv/a" } });

  await host.call("POST", "sys/remount", { body: { from: "kv", to: "moved" } });
  let read = await host.call("GET", "sys/quotas/rate-limit/kv");
  while (read.body.data.path === "kv/a") read = await host.call("GET", "sys/quotas/rate-limit/kv");

  assert.equal(read.body.data.path, "moved/a");
});

test("refuses quotas that cannot be", async () => {
  await using host = await startTestHost({ people: people({ hasRoles: false }) });
  await host.mount("auth", "people");
  const write = (name: string, body: object) => host.call("POST", `sys/quotas/rate-limit/${name}`, { body });
  await write("taken", { rate: 1, path: "cubbyhole" });
  const problemOf = async (body: object): Promise<string> => (await write("new", body)).body.errors[0];

  assert.deepEqual(
    [
      await problemOf({}),
      await problemOf({ rate: 1, group_by: "none" }),
      await problemOf({ rate: 1, path: "nothing" }),
      await problemOf({ rate: 1, path: "cubbyhole/" }),
      await problemOf({ rate: 1, inheritable: false }),
      await problemOf({ rate: 1, path: "cubbyhole", role: "x" }),
      await problemOf({ rate: 1, path: "auth/people", role: "x" }),
    ],
    [
      "'rate' is invalid",
      'grouping mode "none" is only available in Vault Enterprise',
      'invalid mount path "nothing/"',
      'quota rule with similar properties exists under the name "taken"',
      "all global quotas must be inheritable",
      'Mount path "cubbyhole/" is not a valid auth method and therefore unsuitable for use with role-based quotas',
      'Mount path "auth/people/" does not support use with role-based quotas',
    ],
  );
  await listed(host, ["taken"]);
});

async function listed(host: TestHost, names: readonly string[]): Promise<void> {
  assert.deepEqual((await host.call("LIST", "sys/quotas/rate-limit")).body.data.keys, names);
}

/** An auth method that lets everybody in, and may say that a name is a role. */
function people({ hasRoles }: { readonly hasRoles: boolean }) {
  const backend: Backend = {
    type: "auth",
    specialPaths: { unauthenticated: ["login"] },
    checkExistence: async () => undefined,
    async handleRequest({ operation, data }) {
      if (operation === "rollback") return undefined;
      if (operation === "resolve-role" && !hasRoles) throw new UnsupportedOperation();
      if (operation === "resolve-role") return { data: { role: data?.["name"] } };
      return { auth: { ttl: 60, policies: [] } };
    },
  };
  return { factory: () => backend };
}
