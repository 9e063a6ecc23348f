import assert from "node:assert/strict";
import { test } from "node:test";
import { buildStamp, describeVersion } from "../src/build-stamp.ts";

test("sources that are not of a release have no stamp and say their version only", () => {
  assert.equal(buildStamp, undefined);
  assert.equal(describeVersion("v1.2.3"), "v1.2.3");
});

test("a release says of which revision it is and when it was built, behind the version", () => {
  const stamp = { commit: "0123abc", date: "2026-11-21T16:00:00Z" };

  assert.equal(describeVersion("v1.2.3", stamp), "v1.2.3 (commit 0123abc, built 2026-11-21T16:00:00Z)");
});
