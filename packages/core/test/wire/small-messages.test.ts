import assert from "node:assert/strict";
import { test } from "node:test";
import { PermissionDenied } from "../../src/logical/errors.ts";
import { authFromWire, authToWire } from "../../src/wire/auth.ts";
import { backendTypeFromWire, backendTypeToWire } from "../../src/wire/backend-type.ts";
import { existenceFromWire, existenceToWire } from "../../src/wire/existence.ts";
import { replicationStateFromWire, replicationStateToWire } from "../../src/wire/replication-state.ts";
import { specialPathsToWire } from "../../src/wire/special-paths.ts";

test("kinds of backend are 1 and 2 [W81]", () => {
  assert.equal(backendTypeToWire("secret"), 1);
  assert.equal(backendTypeToWire("auth"), 2);
  assert.deepEqual([0, 1, 2, 3].map(backendTypeFromWire), [undefined, "secret", "auth", undefined]);
});

test("kinds of token are 0 to 4, and no other number is sent [W110]", () => {
  const numbers = (["default", "service", "batch", "default-service", "default-batch"] as const).map(
    (tokenType) => authToWire({ tokenType }).tokenType,
  );

  assert.deepEqual(numbers, [0, 1, 2, 3, 4]);
  assert.throws(() => authToWire({ tokenType: "other" as "batch" }), { message: "unknown token type other" });
  assert.equal(authFromWire({ ...authToWire({}), tokenType: 9 }).tokenType, undefined);
});

test("the alias of a login has its name, and is refused without [W110]", () => {
  assert.equal(authToWire({ alias: { name: "ann" } }).alias?.name, "ann");
  assert.equal(authToWire({}).alias, undefined);
  for (const alias of [{ name: "" }, {} as { name: string }]) {
    assert.throws(() => authToWire({ alias }), { message: "the alias of a login needs a name" });
  }
});

test("an existence check that does not exist is not found", () => {
  assert.deepEqual(existenceToWire({ exists: undefined }), { checkFound: false, exists: false, err: undefined });
});

test("an existence check stays the same", () => {
  for (const exists of [undefined, true, false]) {
    assert.deepEqual(existenceFromWire(existenceToWire({ exists })), { exists });
  }
  const failed = existenceFromWire(existenceToWire({ error: new PermissionDenied() }));
  assert.equal("error" in failed && failed.error.kind, "permission-denied");
});

test("no special paths are no message [W82]", () => {
  assert.equal(specialPathsToWire(undefined), undefined);
  assert.equal(specialPathsToWire({ root: [] }), undefined);
  assert.deepEqual(specialPathsToWire({ root: ["a"] })?.root, ["a"]);
});

test("the part in replication is read from the bit mask", () => {
  const state = replicationStateFromWire(64 | 512 | 16_384);

  assert.deepEqual(state, {
    bits: 16_960,
    isPerformancePrimary: false,
    isPerformanceSecondary: true,
    isPerformanceStandby: true,
    isDrPrimary: false,
    isDrSecondary: true,
  });
  assert.equal(replicationStateToWire(state), 16_960);
});
