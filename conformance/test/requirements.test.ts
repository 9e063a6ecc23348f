import assert from "node:assert/strict";
import { test } from "node:test";
import { allCitations } from "../citations.ts";
import { requirements } from "../requirements.ts";

const cited = allCitations();

test("every statement that is marked done is cited by a test", () => {
  const proven = new Set(cited.map(({ id }) => id));

  const unproven = requirements.filter(({ id, state }) => state === "done" && !proven.has(id)).map(({ id }) => id);

  assert.deepEqual(unproven, []);
});

test("every cited statement exists and is marked done", () => {
  const done = new Set(requirements.filter(({ state }) => state === "done").map(({ id }) => id));

  const dangling = cited.filter(({ id }) => !done.has(id));

  assert.deepEqual(dangling, []);
});

test("no statement is listed twice", () => {
  const ids = requirements.map(({ id }) => id);

  assert.equal(new Set(ids).size, ids.length);
});
