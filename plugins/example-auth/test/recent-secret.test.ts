import assert from "node:assert/strict";
import { test } from "node:test";
import { createRecentSecret } from "../src/recent-secret.ts";

test("knows nothing at first", () => {
  assert.equal(createRecentSecret().is("one", "hash of one"), false);
});

test("knows the secret that was remembered, with its hash", () => {
  const recent = createRecentSecret();

  recent.remember("one", "hash of one");

  assert.equal(recent.is("one", "hash of one"), true);
  assert.equal(recent.is("two", "hash of one"), false);
  assert.equal(recent.is("one", "hash of two"), false);
});

test("knows the last one only", () => {
  const recent = createRecentSecret();

  recent.remember("one", "hash of one");
  recent.remember("two", "hash of two");

  assert.equal(recent.is("one", "hash of one"), false);
  assert.equal(recent.is("two", "hash of two"), true);
});
