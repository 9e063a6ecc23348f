import assert from "node:assert/strict";
import { test } from "node:test";
import { identityOf } from "../../src/new/identity.ts";

test("makes a whole name of a short one", () => {
  assert.deepEqual(identityOf("team-notes", "secrets"), {
    name: "vault-plugin-secrets-team-notes",
    shortName: "team-notes",
    kind: "secrets",
  });
});

test("takes the kind from a whole name", () => {
  assert.deepEqual(identityOf("openbao-plugin-auth-badge", undefined), {
    name: "openbao-plugin-auth-badge",
    shortName: "badge",
    kind: "auth",
  });
});

test("knows nothing of a short name without a kind", () => {
  assert.equal(identityOf("notes", undefined), undefined);
});

for (const name of ["Notes", "no tes", "-notes", "notes-", "a--b", "", "../notes", "vault-plugin-auth-"])
  test(`refuses the name "${name}"`, () => {
    assert.throws(() => identityOf(name, "auth"), { message: /cannot be a plugin's name; it must be of lower-case/ });
  });

test("refuses a kind that the name contradicts", () => {
  assert.throws(() => identityOf("vault-plugin-auth-badge", "secrets"), {
    message: "the name vault-plugin-auth-badge says auth, and --type says secrets; leave out --type",
  });
});
