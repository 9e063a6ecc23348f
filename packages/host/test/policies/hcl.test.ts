import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHcl } from "../../src/policies/hcl.ts";

test("parses blocks, assignments, lists, objects and comments", () => {
  const parsed = parseHcl(`
    # one
    name = "x" // two
    /* three
       lines */
    path "secret/*" {
      capabilities = ["read", "list",]
      allowed_parameters = { "a" = [1, -2.5], b = [true] }
      comment = <<EOT
several
lines
EOT
    }
  `);

  assert.deepEqual(parsed, {
    items: [
      { keys: ["name"], value: "x" },
      {
        keys: ["path", "secret/*"],
        value: {
          items: [
            { keys: ["capabilities"], value: ["read", "list"] },
            {
              keys: ["allowed_parameters"],
              value: {
                items: [
                  { keys: ["a"], value: [1, -2.5] },
                  { keys: ["b"], value: [true] },
                ],
              },
            },
            { keys: ["comment"], value: "several\nlines\n" },
          ],
        },
      },
    ],
  });
});

test("parses escapes in texts", () => {
  const parsed = parseHcl(String.raw`a = "q\"b\\n\nu\u00e9"`);

  assert.deepEqual(parsed.items, [{ keys: ["a"], value: 'q"b\\n\nué' }]);
});

test("parses JSON to the same", () => {
  assert.deepEqual(parseHcl('{"path": {"a/*": {"capabilities": ["read"]}}}').items, [
    {
      keys: ["path"],
      value: { items: [{ keys: ["a/*"], value: { items: [{ keys: ["capabilities"], value: ["read"] }] } }] },
    },
  ]);
});

test("says where a document is wrong", () => {
  assert.throws(() => parseHcl('path "a" {\n  capabilities = [read]\n}'), /At 2:19: expected a value, found read/);
  assert.throws(() => parseHcl('path "a" {'), /At 1:11: expected a key, found end of document/);
  assert.throws(() => parseHcl('path "a {}'), /At 1:6: literal not terminated/);
  assert.throws(() => parseHcl("path ? {}"), /At 1:6: illegal character "\?"/);
});
