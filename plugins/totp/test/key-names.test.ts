import assert from "node:assert/strict";
import { test } from "node:test";
import { nameKeys } from "../src/migration/key-names.ts";

for (const [issuer, accountName, name] of [
  ["Example", "alice@google.com", "Example-alice@google.com"],
  ["", "alice", "alice"],
  ["Example", "", "Example"],
  ["", "", "key"],
  ["Ünïcode & Co.", "a/b:c", "n-code-Co.-a-b-c"],
  ["..", "a..b@", "a.b"],
  ["日本", "@@", "key"],
  ["I", "x".repeat(1000), `I-${"x".repeat(126)}`],
] as const)
  test(`names the key of ${JSON.stringify([issuer, accountName])} ${name}`, () => {
    assert.deepEqual(nameKeys([{ issuer, accountName }]), [name]);
  });

test("gives no two keys the same name", () => {
  const same = { issuer: "A", accountName: "b" };

  assert.deepEqual(nameKeys([same, same, { issuer: "A", accountName: "b-2" }, same]), [
    "A-b",
    "A-b-2",
    "A-b-2-2",
    "A-b-3",
  ]);
});
