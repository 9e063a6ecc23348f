import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { createLocks } from "../../src/index.ts";

/** Work that begins and ends when the test says so. */
function work(name: string, seen: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = async () => {
    seen.push(`${name} begins`);
    await promise;
    seen.push(`${name} ends`);
    return name;
  };
  return { run, end: resolve };
}

describe("locks", () => {
  test("let exclusive work run one after the other", async () => {
    const locks = createLocks();
    const seen: string[] = [];
    const [a, b] = [work("a", seen), work("b", seen)];

    const both = [locks.exclusive("k", a.run), locks.exclusive("k", b.run)];
    b.end();
    await turn();
    assert.deepEqual(seen, ["a begins"]);
    a.end();

    assert.deepEqual(await Promise.all(both), ["a", "b"]);
    assert.deepEqual(seen, ["a begins", "a ends", "b begins", "b ends"]);
  });

  test("let other keys go on", async () => {
    const locks = createLocks();
    const a = work("a", []);
    const waiting = locks.exclusive("k", a.run);

    assert.equal(await locks.exclusive("other", () => 1), 1);

    a.end();
    await waiting;
  });

  test("let shared work run together, and neither past the other", async () => {
    const locks = createLocks();
    const seen: string[] = [];
    const [a, b, c, d] = [work("a", seen), work("b", seen), work("c", seen), work("d", seen)];

    const all = [
      locks.shared("k", a.run),
      locks.shared("k", b.run),
      locks.exclusive("k", c.run),
      locks.shared("k", d.run),
    ];
    await turn();
    assert.deepEqual(seen, ["a begins", "b begins"]);
    b.end();
    a.end();
    await turn();
    assert.deepEqual(seen.slice(-1), ["c begins"]);
    c.end();
    d.end();

    await Promise.all(all);
    assert.deepEqual(seen.slice(-4), ["c begins", "c ends", "d begins", "d ends"]);
  });

  test("take several keys without waiting for each other", async () => {
    const locks = createLocks();

    const both = [locks.exclusive(["a", "b", "a"], turn), locks.exclusive(["b", "a"], turn)];

    await Promise.all(both);
  });

  test("are free again after work that failed", async () => {
    const locks = createLocks();
    const failing = locks.exclusive("k", () => {
      throw new Error("no");
    });

    await assert.rejects(failing, { message: "no" });
    assert.equal(await locks.exclusive("k", () => 1), 1);
  });

  test("can be given up while they are waited for, which lets nobody in early", async () => {
    const locks = createLocks();
    const seen: string[] = [];
    const [a, b, c] = [work("a", seen), work("b", seen), work("c", seen)];
    const abort = new AbortController();

    const first = locks.exclusive("k", a.run);
    const second = locks.exclusive("k", b.run, { signal: abort.signal });
    const third = locks.shared("k", c.run);
    abort.abort(new Error("enough"));
    await assert.rejects(second, { message: "enough" });
    await assert.rejects(locks.shared("k", b.run, { signal: abort.signal }), { message: "enough" });
    await turn();
    assert.deepEqual(seen, ["a begins"]);
    a.end();
    c.end();

    await Promise.all([first, third]);
    assert.deepEqual(seen, ["a begins", "a ends", "c begins", "c ends"]);
  });

  test("let those in who waited only for somebody that gave up", async () => {
    const locks = createLocks();
    const seen: string[] = [];
    const [a, b, c] = [work("a", seen), work("b", seen), work("c", seen)];
    const abort = new AbortController();

    const first = locks.shared("k", a.run);
    const second = locks.exclusive("k", b.run, { signal: abort.signal });
    const third = locks.shared("k", c.run);
    await turn();
    assert.deepEqual(seen, ["a begins"]);
    abort.abort(new Error("enough"));
    await assert.rejects(second, { message: "enough" });
    await turn();

    assert.deepEqual(seen, ["a begins", "c begins"]);
    a.end();
    c.end();
    await Promise.all([first, third]);
  });
});
