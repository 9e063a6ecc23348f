import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { exampleAuth } from "../src/example-auth.ts";
import { mount } from "./mount.ts";

test("is an auth method whose logins alone are open to everybody", async () => {
  const { backend } = await mount();

  assert.equal(backend.type, "auth");
  assert.deepEqual([...(backend.specialPaths?.unauthenticated ?? [])].sort(), ["login", "login/+"]);
});

test("knows no other path [A10]", async () => {
  const { write } = await mount();

  await assert.rejects(write("other", {}), { kind: "unsupported-path" });
});

test("answers fifty logins at the same time with real hashes, and other mounts meanwhile [A132]", async () => {
  const busy = await harness(exampleAuth);
  const other = await harness(exampleAuth);
  await busy.write("users/bob", { password: "pw" });
  let loggedIn = 0;

  const logins = Array.from({ length: 50 }, async () => {
    const { auth } = await busy.login("login/bob", { password: "pw" });
    loggedIn += 1;
    return auth.displayName;
  });
  await other.read("config");
  const before = loggedIn;

  assert.deepEqual(new Set(await Promise.all(logins)), new Set(["bob"]));
  assert.equal(loggedIn, 50);
  assert.ok(before < 50, "the other mount had to wait for all logins");
});

test("explains its paths", async () => {
  const { help } = await mount();

  const text = await help("");

  for (const path of ["config", "users/?", "users/(?P<name>", "login", "login/(?P<username>"])
    assert.ok(text.includes(path), `the help does not show ${path}`);
});
