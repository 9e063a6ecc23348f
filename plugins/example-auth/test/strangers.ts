import { rejects } from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { mountWithBob } from "./mount.ts";

// Lets a hundred thousand unknown names log in, and prints how many bytes that has kept. It is a program of its own,
// since the test runner notes every promise, which takes longer than the logins.
const { login } = await mountWithBob();
const before = await usedMemory();

for (let round = 0; round < 100; round += 1) {
  const names = Array.from({ length: 1000 }, (_, index) => `user-${round}-${index}`);
  await Promise.all(names.map((name) => rejects(login(`login/${name}`, { password: "bad" }))));
}

const kept = (await usedMemory()) - before;
const { auth } = await login("login/bob", { password: "pw" });
console.log(JSON.stringify({ kept, displayName: auth.displayName }));

/** Bytes that are in use once everything that nobody holds is gone. */
async function usedMemory(): Promise<number> {
  if (!global.gc) throw new Error("start this with --expose-gc");
  global.gc();
  // Promises that are gone are forgotten a turn later.
  await setImmediate();
  global.gc();
  return process.memoryUsage().heapUsed;
}
