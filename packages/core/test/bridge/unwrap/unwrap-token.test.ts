import assert from "node:assert/strict";
import { test } from "node:test";
import { apiAddressOf } from "../../../src/bridge/unwrap/unwrap-token.ts";
import { tokenOf } from "./fixture.ts";

test("the address is the token's claim", () => {
  assert.equal(apiAddressOf(tokenOf({ addr: "https://vault:8200", type: "wrapping" })), "https://vault:8200");
});

for (const [what, claims, message] of [
  ["a missing", { type: "wrapping" }, "could not validate addr claim"],
  ["a null", { addr: null }, "could not parse addr claim"],
  ["a numeric", { addr: 8200 }, "could not parse addr claim"],
  ["an empty", { addr: "" }, "no vault api_addr found"],
] as const) {
  test(`${what} address is refused [W47]`, () => {
    assert.throws(() => apiAddressOf(tokenOf(claims)), { message });
  });
}

test("another algorithm than the hosts' is refused", () => {
  for (const alg of ["none", "HS256", undefined]) {
    assert.throws(() => apiAddressOf(tokenOf({ addr: "http://a" }, { alg })), {
      message: "the unwrap token is not signed with ES512",
    });
  }
});

test("what is no JWT is refused without a word of it", () => {
  const whole = tokenOf({ addr: "http://a" });
  for (const token of ["hvs.CAESsecret", "", "a.b.c", whole.replace(/\.[^.]*$/, ""), `${whole}.more`, "W10.W10.x"]) {
    assert.throws(() => apiAddressOf(token), { message: "the unwrap token is no JWT" });
  }
});
