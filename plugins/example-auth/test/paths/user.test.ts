import assert from "node:assert/strict";
import { test } from "node:test";
import { mount, mountWithBob } from "../mount.ts";

const shownOfBob = {
  token_bound_cidrs: [],
  token_explicit_max_ttl: 0,
  token_max_ttl: 0,
  token_no_default_policy: false,
  token_num_uses: 0,
  token_period: 0,
  token_policies: ["a", "b"],
  token_ttl: 600,
  token_type: "default",
};

test("creates a user without an answer [A28]", async () => {
  const { write } = await mount();

  const answer = await write("users/bob", { password: "pw", token_policies: "a,b", token_ttl: "10m" });

  assert.equal(answer, undefined);
});

test("shows the token fields of a user and nothing else [A29]", async () => {
  const { read } = await mountWithBob();

  const shown = await read("users/bob");

  assert.deepEqual(shown?.data, shownOfBob);
});

test("finds a user whatever the case of the name [A31]", async () => {
  const { read } = await mountWithBob();

  const shown = await read("users/BOB");

  assert.ok(shown);
  assert.deepEqual(shown, await read("users/bob"));
});

test("finds no unknown user [A32]", async () => {
  const { read } = await mountWithBob();

  assert.equal(await read("users/none"), undefined);
});

test("stores a hash with its algorithm, costs and salt, and no password [A137]", async () => {
  const { storage } = await mountWithBob({ password: "Wh1te-Rabbit" });

  const stored = new TextDecoder().decode((await storage.get("user/bob"))?.value);

  assert.deepEqual(storage.keys(), ["user/bob"]);
  assert.match(stored, /"passwordHash":"\$scrypt\$ln=15,r=8,p=1\$[\w+/]{22}==\$[\w+/]{43}="/);
  assert.equal(stored.includes("Wh1te-Rabbit"), false);
});

for (const data of [{}, { password: "" }])
  test(`refuses a new user with the body ${JSON.stringify(data)} for want of a password`, async () => {
    const { write, storage } = await mount();

    await assert.rejects(write("users/x", data), { kind: "user", message: "missing password" });
    assert.deepEqual(storage.keys(), []);
  });

test("takes a password of 1024 bytes and refuses a longer one", async () => {
  const { write } = await mount();

  assert.equal(await write("users/x", { password: "é".repeat(512) }), undefined);
  await assert.rejects(write("users/y", { password: `${"é".repeat(512)}x` }), {
    kind: "user",
    message: "password is longer than 1024 bytes",
  });
});

test("takes a password of 73 bytes [A61]", async () => {
  const { write } = await mount();

  assert.equal(await write("users/x", { password: "x".repeat(73) }), undefined);
});

test("a change without a password keeps the password and all that it does not name [A44]", async () => {
  const { write, read, login } = await mountWithBob();
  const before = await read("users/bob");

  await write("users/bob", { token_policies: "c" });

  assert.deepEqual((await login("login/bob", { password: "pw" })).auth.policies, ["c"]);
  assert.deepEqual((await read("users/bob"))?.data, { ...before?.data, token_policies: ["c"] });
});

const refused = [
  ["A45", { token_ttl: "2h", token_max_ttl: "1h" }, "'token_ttl' cannot be greater than 'token_max_ttl'"],
  ["A46", { token_type: "default-service" }, `invalid 'token_type' value "default-service"`],
  [
    "A47",
    { token_type: "batch", token_period: "1h" },
    "'token_type' cannot be 'batch' or 'default_batch' when set to generate periodic tokens",
  ],
  [
    "A48",
    { token_type: "batch", token_num_uses: 3 },
    "'token_type' cannot be 'batch' or 'default_batch' when set to generate tokens with limited use count",
  ],
  ["A49", { token_num_uses: -1 }, "'token_num_uses' cannot be negative"],
  ["A50", { token_ttl: "-5" }, `error converting input for field "token_ttl": cannot provide negative value '-5'`],
] as const;
for (const [id, fields, message] of refused)
  test(`refuses a user with ${JSON.stringify(fields)} [${id}]`, async () => {
    const { write, storage } = await mount();

    await assert.rejects(write("users/x", { password: "p", ...fields }), { kind: "user", message });
    assert.deepEqual(storage.keys(), []);
  });

test("shows a single bound address without its mask [A52]", async () => {
  const { read } = await mountWithBob({ token_bound_cidrs: "127.0.0.1/32,10.0.0.0/8" });

  const shown = await read("users/bob");

  assert.deepEqual(shown?.data?.["token_bound_cidrs"], ["127.0.0.1", "10.0.0.0/8"]);
});

test("deletes a user, and one that does not exist [A55]", async () => {
  const mounted = await mountWithBob();

  assert.equal(await mounted.delete("users/BOB"), undefined);
  assert.equal(await mounted.delete("users/none"), undefined);
  assert.deepEqual(mounted.storage.keys(), []);
});

test("two changes of a user at the same time both last", async () => {
  const { write, read, login } = await mountWithBob();
  const before = await read("users/bob");

  await Promise.all([
    write("users/bob", { token_ttl: "1h" }),
    write("users/bob", { token_max_ttl: "2h" }),
    write("users/bob/password", { password: "new" }),
    write("users/BOB/policies", { token_policies: "c" }),
  ]);

  assert.deepEqual((await read("users/bob"))?.data, {
    ...before?.data,
    token_ttl: 3600,
    token_max_ttl: 7200,
    token_policies: ["c"],
  });
  assert.equal((await login("login/bob", { password: "new" })).auth.displayName, "bob");
});
