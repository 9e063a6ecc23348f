import assert from "node:assert/strict";
import { test } from "node:test";
import { mount, type TestMount } from "./mount.ts";

const bob = { password: "pw", token_policies: "a,b", token_ttl: "10m" };

async function onOpenBao(): Promise<TestMount> {
  const mounted = await mount({ system: { host: { kind: "openbao", version: "2.5.5" } } });
  await mounted.write("users/bob", bob);
  return mounted;
}

test("shows what OpenBao's own methods show of a user [A30, A31]", async () => {
  const { read } = await onOpenBao();
  const shown = {
    ...{ token_bound_cidrs: [], token_explicit_max_ttl: 0, token_max_ttl: 0, token_no_default_policy: false },
    ...{ token_num_uses: 0, token_period: 0, token_policies: ["a", "b"], token_strictly_bind_ip: false },
    ...{ token_ttl: 600, token_type: "default" },
  };

  assert.deepEqual((await read("users/bob"))?.data, shown);
  assert.deepEqual((await read("users/BOB"))?.data, shown);
});

test("binds a token to the address of its login [A75]", async () => {
  const { write, login } = await onOpenBao();
  await write("users/bob", { token_strictly_bind_ip: true });

  const { auth } = await login("login/bob", { password: "pw" }, { connection: { remoteAddr: "192.0.2.7" } });

  assert.deepEqual(auth.boundCidrs, ["192.0.2.7"]);
});

test("grants no token to be bound to an address where there is none", async () => {
  const { write, request } = await onOpenBao();
  await write("users/bob", { token_strictly_bind_ip: true });

  const login = request("update", "login/bob", { password: "pw" }, { connection: {} });

  await assert.rejects(login, { kind: "user", message: /^error parsing address ""/ });
});

test("refuses other bounds beside that [A51]", async () => {
  const { write } = await onOpenBao();
  const body = { password: "p", token_strictly_bind_ip: true, token_bound_cidrs: "10.0.0.0/8" };

  await assert.rejects(write("users/x", body), {
    kind: "user",
    message: "'token_strictly_bind_ip' conflicts with 'token_bound_cidrs'; set only one",
  });
});

test("gives a page of the names [A35]", async () => {
  const { write, list } = await onOpenBao();
  for (const name of ["web", "web2", "web3"]) await write(`users/${name}`, { password: "pw" });

  assert.deepEqual((await list("users", { after: "web", limit: 1 }))?.data, { keys: ["web2"] });
});

test("does not know OpenBao's field on Vault", async () => {
  const { write, read } = await mount();

  const answer = await write("users/bob", { ...bob, token_strictly_bind_ip: true });

  assert.equal(answer, undefined);
  assert.equal(Object.hasOwn((await read("users/bob"))?.data ?? {}, "token_strictly_bind_ip"), false);
});
