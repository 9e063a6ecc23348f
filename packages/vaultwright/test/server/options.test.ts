import assert from "node:assert/strict";
import { test } from "node:test";
import { namedServer } from "../../src/server/options.ts";

const env = { VAULT_ADDR: "http://127.0.0.1:8200", VAULT_TOKEN: "root" };

test("uses no server that was not asked for, whatever the environment has", () => {
  assert.equal(namedServer(undefined, env), undefined);
});

test("takes the address of the environment, unless one is given", () => {
  assert.equal(namedServer(true, env)?.address, "http://127.0.0.1:8200");
  assert.equal(namedServer("http://127.0.0.1:8300", env)?.address, "http://127.0.0.1:8300");
});

test("says which variable is missing", () => {
  assert.throws(() => namedServer(true, { VAULT_TOKEN: "root" }), { message: /--vault needs an address.* VAULT_ADDR/ });
  assert.throws(() => namedServer("http://h", {}), { message: /--vault needs a token in VAULT_TOKEN/ });
});
