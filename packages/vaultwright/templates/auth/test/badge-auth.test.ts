import assert from "node:assert/strict";
import { test } from "node:test";
import { type Harness, harness } from "@vaultwright/core/testing";
import { badgeAuth } from "../src/badge-auth.ts";

test("logs in with a badge", async () => {
  const mount = await harness(badgeAuth);
  const secret = await makeBadge(mount, { token_policies: "doors", token_ttl: "10m" });

  const { auth } = await mount.login("login/ada", { secret });

  assert.deepEqual(auth.policies, ["doors"]);
  assert.equal(auth.alias?.name, "ada");
});

test("gives one answer to a wrong secret and to an unknown name", async () => {
  const mount = await harness(badgeAuth);
  await makeBadge(mount, {});
  const refusal = { message: "invalid name or secret" };

  await assert.rejects(mount.login("login/ada", { secret: "guessed" }), refusal);
  await assert.rejects(mount.login("login/bob", { secret: "guessed" }), refusal);
});

test("shows a secret once, and a change makes a new one", async () => {
  const mount = await harness(badgeAuth);
  const first = await makeBadge(mount, {});
  const second = await makeBadge(mount, { token_ttl: "5m" });

  await assert.rejects(mount.login("login/ada", { secret: first }), { message: "invalid name or secret" });
  await mount.login("login/ada", { secret: second });
  const shown = JSON.stringify((await mount.read("badges/ada"))?.data);
  assert.ok(!shown.includes(second));
});

test("does not renew a token whose badge is gone", async () => {
  const mount = await harness(badgeAuth);
  const login = await mount.login("login/ada", { secret: await makeBadge(mount, {}) });
  await mount.delete("badges/ada");

  await assert.rejects(mount.renew(login), { message: "the badge is gone" });
});

async function makeBadge(mount: Harness, settings: Record<string, string>): Promise<string> {
  return String((await mount.write("badges/ada", settings))?.data?.["secret"]);
}
