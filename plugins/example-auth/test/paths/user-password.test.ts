import assert from "node:assert/strict";
import { test } from "node:test";
import { mountWithBob } from "../mount.ts";

const refusal = { kind: "user", message: "invalid username or password" };

test("the new password logs in and the old one does not [A58]", async () => {
  const { write, login } = await mountWithBob();

  const answer = await write("users/bob/password", { password: "new" });

  assert.equal(answer, undefined);
  await assert.rejects(login("login/bob", { password: "pw" }), refusal);
  assert.deepEqual((await login("login/bob", { password: "new" })).auth.policies, ["a", "b"]);
});

test("changes the same user whatever the case of the name [A127]", async () => {
  const { write, login, list } = await mountWithBob();

  await write("users/BOB/password", { password: "new" });

  assert.equal((await login("login/bob", { password: "new" })).auth.alias?.name, "bob");
  assert.deepEqual((await list("users"))?.data, { keys: ["bob"] });
});

test("refuses an unknown user, and makes none [A56]", async () => {
  const { write, list } = await mountWithBob();

  const attempt = write("users/none/password", { password: "p" });

  await assert.rejects(attempt, { kind: "user", message: "username does not exist" });
  assert.deepEqual((await list("users"))?.data, { keys: ["bob"] });
});

for (const [data, message] of [
  [{}, 'missing required field "password"'],
  [{ password: "" }, "missing password"],
] as const)
  test(`refuses the body ${JSON.stringify(data)} and keeps the old password`, async () => {
    const { write, login } = await mountWithBob();

    await assert.rejects(write("users/bob/password", data), { kind: "user", message });
    assert.equal((await login("login/bob", { password: "pw" })).auth.displayName, "bob");
  });

test("unlocks a locked user", async () => {
  const { write, login } = await mountWithBob();
  for (let time = 0; time < 5; time += 1) await assert.rejects(login("login/bob", { password: "bad" }), refusal);
  await assert.rejects(login("login/bob", { password: "pw" }), { kind: "permission-denied" });

  await write("users/bob/password", { password: "new" });

  assert.equal((await login("login/bob", { password: "new" })).auth.displayName, "bob");
});
