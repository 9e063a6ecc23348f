import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { prefixMatcher, segmentMatcher } from "../../src/mounts/special-path-matcher.ts";

describe("paths that need sudo", () => {
  test("are hidden by a longer exact entry [S158]", () => {
    const needsSudo = prefixMatcher(["a/*", "a/b"]);

    assert.deepEqual(["a/b", "a/c", "a/bc"].map(needsSudo), [true, true, false]);
  });

  test("know no wildcard for a segment", () => {
    assert.equal(prefixMatcher(["a/+"])("a/x"), false);
  });
});

describe("open paths", () => {
  test("take any one segment for + [S159]", () => {
    const isOpen = segmentMatcher(["login/+"]);

    assert.deepEqual(["login/x", "login/x/y", "login/", "login"].map(isOpen), [true, false, true, false]);
  });

  test("take any segments that follow for * behind a + [S159]", () => {
    const isOpen = segmentMatcher(["login/+/*"]);

    assert.deepEqual(["login/x", "login/x/y", "login/x/y/z"].map(isOpen), [false, true, true]);
  });
});
