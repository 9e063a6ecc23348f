import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJson, stringifyJson, type TokenParameters, tokenParameters } from "../../src/index.ts";

const { none, toStored, fromStored } = tokenParameters({ kind: "openbao" });

const parameters: TokenParameters = {
  ...{ ttl: 600, maxTtl: 3600, explicitMaxTtl: 20_000_000, period: 5, numUses: 3, type: "service" },
  ...{ policies: ["a"], boundCidrs: ["127.0.0.1", "10.1.2.3/8"], noDefaultPolicy: true, strictlyBindIp: true },
};
// The values as Go's encoder writes them; it has another order of members, which nobody reads.
const stored =
  '{"token_bound_cidrs":["127.0.0.1","10.1.2.3/8"],"token_explicit_max_ttl":20000000000000000,' +
  '"token_max_ttl":3600000000000,"token_no_default_policy":true,"token_num_uses":3,"token_period":5000000000,' +
  '"token_policies":["a"],"token_strictly_bind_ip":true,"token_ttl":600000000000,"token_type":1}';

test("token parameters are kept in a role as Go plugins keep them [S97]", () => {
  assert.equal(stringifyJson(toStored(parameters)), stored);
});

test("token parameters are read from a role that a Go plugin stored [S97]", () => {
  assert.deepEqual(fromStored(Object(parseJson(stored))), parameters);
});

test("a stored token type is a number, or a text from long ago [S97]", () => {
  const types = [0, 1, 2, 3, 4, "", "default", "service", "batch", "default-service", "default-batch"];

  assert.deepEqual(
    types.map((token_type) => fromStored({ token_type }).type),
    [
      ...["default", "service", "batch", "default-service", "default-batch"],
      ...["default", "default", "service", "batch", "default-service", "default-batch"],
    ],
  );
});

test("members that a stored role has not were never given", () => {
  assert.deepEqual(fromStored({}), none);
  assert.deepEqual(fromStored({ token_policies: null, token_bound_cidrs: null }), none);
});

const unusable = [
  { token_ttl: "5m" },
  { token_type: 5 },
  { token_type: "x" },
  { token_policies: [1] },
  { token_bound_cidrs: "::1" },
  { token_no_default_policy: 1 },
];
for (const role of unusable)
  test(`a stored role with ${stringifyJson(role)} is refused`, () => {
    const [name] = Object.keys(role);

    assert.throws(() => fromStored(role), { message: `the stored role has no usable "${name}"` });
  });
