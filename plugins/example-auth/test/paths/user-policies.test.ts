import assert from "node:assert/strict";
import { test } from "node:test";
import { mountWithBob } from "../mount.ts";

test("keeps policies as the server does: lower case, in order, each once [A60]", async () => {
  const { write, read } = await mountWithBob();

  const answer = await write("users/BoB/policies", { token_policies: "Foo, foo,bar" });

  assert.equal(answer, undefined);
  assert.deepEqual((await read("users/bob"))?.data?.["token_policies"], ["bar", "foo"]);
});

test("takes the older name of the field too", async () => {
  const { write, read } = await mountWithBob();

  await write("users/bob/policies", { policies: "c" });

  const { policies, token_policies } = (await read("users/bob"))?.data ?? {};
  assert.deepEqual([policies, token_policies], [["c"], ["c"]]);
});

test("refuses an unknown user [A57]", async () => {
  const { write } = await mountWithBob();

  const attempt = write("users/none/policies", { token_policies: "p" });

  await assert.rejects(attempt, { kind: "user", message: "username does not exist" });
});

test("changes nothing without policies", async () => {
  const { write, read } = await mountWithBob();

  await assert.rejects(write("users/bob/policies", {}), { kind: "user", message: "missing token_policies" });
  assert.deepEqual((await read("users/bob"))?.data?.["token_policies"], ["a", "b"]);
});
