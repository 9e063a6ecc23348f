import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { identityTokenParameters } from "../../src/index.ts";

const { fields, none, parse, toData } = identityTokenParameters;

describe("identity token parameters", () => {
  test("keep what a request leaves out", () => {
    assert.deepEqual(parse({}), none);
    assert.deepEqual(parse({ identity_token_ttl: 60 }, { audience: "a", ttl: 5 }), { audience: "a", ttl: 60 });
  });

  test("are shown under the names of their fields", () => {
    assert.deepEqual(toData({ audience: "a", ttl: 60 }), { identity_token_audience: "a", identity_token_ttl: 60 });
    assert.deepEqual(Object.keys(fields), ["identity_token_audience", "identity_token_ttl"]);
  });
});
