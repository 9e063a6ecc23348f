import assert from "node:assert/strict";
import { test } from "node:test";
import { instanceIdOf } from "../../src/bridge/instance-id.ts";

test("a call says which mount it is for", () => {
  assert.equal(instanceIdOf(new Map([["multiplex_id", ["abc"]]])), "abc");
});

test("a call that names no mount, an empty one or several is refused in the hosts' words [W73]", () => {
  const texts = [
    new Map(),
    new Map([["multiplex_id", [""]]]),
    new Map([["multiplex_id", ["a", "b"]]]),
    new Map([["multiplex_id", ["a, b"]]]),
  ].map((metadata) => {
    try {
      return instanceIdOf(metadata);
    } catch (error) {
      assert.equal((error as { status?: string }).status, "unknown");
      return (error as Error).message;
    }
  });

  assert.deepEqual(texts, [
    "no multiplexing ID found",
    "empty multiplex ID in metadata",
    "unexpected number of IDs in metadata: (2)",
    "unexpected number of IDs in metadata: (2)",
  ]);
});
