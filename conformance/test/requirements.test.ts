import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "../gate.ts";
import { requirements } from "../requirements.ts";

test("the states of all statements agree with what tests cite, and what is excused has a reason", () => {
  assert.deepEqual(violations(), []);
});

test("no statement is listed twice", () => {
  const ids = requirements.map(({ id }) => id);

  assert.equal(new Set(ids).size, ids.length);
});
