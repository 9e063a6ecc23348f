import assert from "node:assert/strict";
import { test } from "node:test";
import { equivalentPolicies, sanitizePolicies } from "../../src/index.ts";

test("policies are kept trimmed, in lower case, sorted and once [S95]", () => {
  assert.deepEqual(sanitizePolicies([" B ", "a", "a", ""], { addDefault: true }), ["a", "b", "default"]);
  assert.deepEqual(sanitizePolicies(["b", "a"]), ["a", "b"]);
  assert.deepEqual(sanitizePolicies(["a", "Root", "b"], { addDefault: true }), ["root"]);
});

test("policies are equivalent whatever their order, and with or without default [S96]", () => {
  assert.equal(equivalentPolicies(["a", "default"], ["a"]), true);
  assert.equal(equivalentPolicies(["b", "a", "a"], ["a", "b"]), true);
  assert.equal(equivalentPolicies(["A", "Default"], ["a"]), true);
  assert.equal(equivalentPolicies(["a"], ["a", "b"]), false);
});

test("no policies at all mean default [S96]", () => {
  assert.equal(equivalentPolicies(undefined, ["default"]), true);
  assert.equal(equivalentPolicies(undefined, undefined), true);
  assert.equal(equivalentPolicies(undefined, []), false);
  assert.equal(equivalentPolicies(["a"], undefined), false);
});
