import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { harness } from "@vaultwright/core/testing";
import { exampleAuth } from "../src/example-auth.ts";
import { mount, mountWithBob } from "./mount.ts";

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

test("remembers nothing of wrong logins for a hundred thousand unknown names [A131]", async () => {
  const { login } = await mountWithBob();
  const before = await usedMemory();

  for (let round = 0; round < 100; round += 1) {
    const names = Array.from({ length: 1000 }, (_, index) => `user-${round}-${index}`);
    await Promise.all(names.map((name) => assert.rejects(login(`login/${name}`, { password: "bad" }))));
  }

  const kept = (await usedMemory()) - before;
  assert.ok(kept < 10 * 1024 * 1024, `${kept} bytes are kept, a hundred or more for each name`);
  assert.equal((await login("login/bob", { password: "pw" })).auth.displayName, "bob");
});

test("explains its paths", async () => {
  const { help } = await mount();

  const text = await help("");

  for (const path of ["config", "users/?", "users/(?P<name>", "login", "login/(?P<username>"])
    assert.ok(text.includes(path), `the help does not show ${path}`);
});

/** Bytes that are in use once everything that nobody holds is gone. */
async function usedMemory(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  // The test runner forgets promises that are gone a turn later.
  await setImmediate();
  collect();
  return process.memoryUsage().heapUsed;
}
