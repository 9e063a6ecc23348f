import assert from "node:assert/strict";
import { test } from "node:test";
import { deprecationText, upgradeValue } from "../../src/index.ts";

test("an older name says by which it is replaced [S92]", () => {
  assert.equal(
    deprecationText("token_ttl"),
    'Use "token_ttl" instead. If this and "token_ttl" are both specified, only "token_ttl" will be used.',
  );
});

test("the older name alone sets both [S93]", () => {
  assert.deepEqual(upgradeValue({ old: 5, new: undefined }, 1), { old: 5, new: 5 });
});

test("of both names the present one counts, for both [S93]", () => {
  assert.deepEqual(upgradeValue({ old: 5, new: 6 }, undefined), { old: 6, new: 6 });
});

test("the present name alone unsets the older one [S93]", () => {
  assert.deepEqual(upgradeValue({ old: undefined, new: 6 }, 5), { old: undefined, new: 6 });
});

test("neither name leaves both as they are", () => {
  assert.deepEqual(upgradeValue({ old: undefined, new: undefined }, 5), { old: 5, new: undefined });
});
