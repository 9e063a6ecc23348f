import assert from "node:assert/strict";
import { test } from "node:test";
import { mountWithBob, type TestMount } from "./mount.ts";

const wrong = { kind: "user", message: "invalid username or password" };
const denied = { kind: "permission-denied", message: "permission denied" };

async function fail(mounted: TestMount, times: number, name = "bob"): Promise<void> {
  for (let time = 0; time < times; time += 1)
    await assert.rejects(mounted.login(`login/${name}`, { password: "bad" }), wrong);
}

test("refuses the right password after as many wrong ones as configured, without hashing it [A129]", async () => {
  const mounted = await mountWithBob();
  await mounted.write("config", { lockout_threshold: 3 });
  await fail(mounted, 3);
  const before = mounted.hashes.count;

  await assert.rejects(mounted.login("login/bob", { password: "pw" }), denied);

  assert.equal(mounted.hashes.count, before);
});

test("lets the user in again when the lock time is over [A130]", async () => {
  const mounted = await mountWithBob();
  await mounted.write("config", { lockout_threshold: 3, lockout_duration: "1m" });
  await fail(mounted, 3);

  mounted.clock.seconds = 59;
  await assert.rejects(mounted.login("login/bob", { password: "pw" }), denied);
  mounted.clock.seconds = 60;

  assert.equal((await mounted.login("login/bob", { password: "pw" })).auth.displayName, "bob");
});

test("counts all spellings of a name together [A95]", async () => {
  const mounted = await mountWithBob();
  for (const name of ["bob", "BOB", "Bob", "bOb", "boB"]) await fail(mounted, 1, name);

  await assert.rejects(mounted.login("login", { username: "bob", password: "pw" }), denied);
});

test("never locks an unknown user [A96]", async () => {
  await fail(await mountWithBob(), 10, "none");
});

test("a successful login clears the count [A97]", async () => {
  const mounted = await mountWithBob();
  await fail(mounted, 4);
  await mounted.login("login/bob", { password: "pw" });
  await fail(mounted, 4);

  assert.equal((await mounted.login("login/bob", { password: "pw" })).auth.displayName, "bob");
});

test("a threshold of zero switches locking off [A98]", async () => {
  const mounted = await mountWithBob();
  await mounted.write("config", { lockout_threshold: 0 });
  await fail(mounted, 10);

  assert.equal((await mounted.login("login/bob", { password: "pw" })).auth.displayName, "bob");
});

test("guesses that wait for their hashes together get no more tries than one after the other", async () => {
  const mounted = await mountWithBob();

  const guesses = Array.from({ length: 30 }, () => mounted.login("login/bob", { password: "bad" }));
  const answers = await Promise.allSettled([...guesses, mounted.login("login/bob", { password: "pw" })]);

  const texts = answers.map((answer) => (answer.status === "rejected" ? answer.reason.message : "logged in"));
  assert.equal(texts.filter((text) => text === "invalid username or password").length, 5);
  assert.equal(texts.filter((text) => text === "permission denied").length, 26);
});

test("locks a user on one mount only", async () => {
  const mounted = await mountWithBob();
  const other = await mountWithBob();
  await fail(mounted, 5);

  await assert.rejects(mounted.login("login/bob", { password: "pw" }), denied);
  assert.equal((await other.login("login/bob", { password: "pw" })).auth.displayName, "bob");
});
