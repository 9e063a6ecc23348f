import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { path, type TokenParameters, tokenParameters } from "../../src/index.ts";
import { mounted } from "./sample.ts";

const { none } = tokenParameters;

/** Sends a body to a path with the token fields and gives the parameters that come out. */
async function parse(body: Readonly<Record<string, unknown>>, current?: TokenParameters): Promise<unknown> {
  let parsed: TokenParameters | undefined;
  const role = path("role", {
    summary: "",
    fields: { ...tokenParameters.fields },
    update({ fields }) {
      parsed = tokenParameters.parse(fields, current);
    },
  });
  await (await mounted([role])).write("role", body);
  return parsed;
}

describe("token parameters", () => {
  test("are read from their fields", async () => {
    const body = {
      token_bound_cidrs: "10.1.2.3/8,127.0.0.1/32,127.0.0.1:8200,::1,[::1]:80,/run/x",
      ...{ token_explicit_max_ttl: "4h", token_max_ttl: "3h", token_no_default_policy: true, token_num_uses: "5" },
      ...{ token_period: 60, token_policies: "b,a", token_ttl: "2h", token_type: "service" },
    };

    assert.deepEqual(await parse(body), {
      boundCidrs: ["10.1.2.3/8", "127.0.0.1", "127.0.0.1:8200", "::1", "[::1]:80", "/run/x"],
      ...{ explicitMaxTtl: 14400, maxTtl: 10800, noDefaultPolicy: true, numUses: 5 },
      ...{ period: 60, policies: ["b", "a"], ttl: 7200, type: "service" },
    });
  });

  test("keep their value where a request says nothing", async () => {
    const current: TokenParameters = { ...none, ttl: 5, policies: ["a"], type: "batch" };

    assert.deepEqual(await parse({ token_max_ttl: 9 }, current), { ...current, maxTtl: 9 });
  });

  test("take the empty text and default for the default type", async () => {
    for (const text of ["", "default"])
      assert.deepEqual(await parse({ token_type: text }, { ...none, type: "service" }), none);
  });

  const batch = "'token_type' cannot be 'batch' or 'default_batch' when set to generate";
  const address = (text: string) =>
    `error parsing address "${text}": Unable to convert "${text}" to an IPv4 or IPv6 address, or a UNIX Socket`;
  const refusals = [
    [{ token_bound_cidrs: "10.0.0.0/8,host" }, none, address("host")],
    [{ token_bound_cidrs: ["300.1.1.1"] }, none, address("300.1.1.1")],
    [{ token_bound_cidrs: "10.0.0.0/33" }, none, address("10.0.0.0/33")],
    [{ token_bound_cidrs: "," }, none, address("")],
    [{}, { ...none, maxTtl: -1, period: -1 }, "'token_max_ttl' cannot be negative"],
    [{ token_type: "x" }, { ...none, period: -1 }, "'token_period' cannot be negative"],
    [{ token_type: "default-service", token_num_uses: -1 }, none, "invalid 'token_type' value \"default-service\""],
    [{ token_num_uses: -1 }, none, "'token_num_uses' cannot be negative"],
    [{ token_type: "batch", token_num_uses: 1 }, { ...none, period: 5 }, `${batch} periodic tokens`],
    [{ token_type: "batch" }, { ...none, numUses: 5 }, `${batch} tokens with limited use count`],
    [{}, { ...none, ttl: -1 }, "'token_ttl' cannot be negative"],
    [{ token_ttl: "2h", token_max_ttl: "1h" }, none, "'token_ttl' cannot be greater than 'token_max_ttl'"],
  ] as const;
  for (const [body, current, message] of refusals)
    test(`refuse with: ${message}`, async () => {
      await assert.rejects(parse(body, current), { kind: "user", message });
    });

  test("refuse a negative duration in a request", async () => {
    await assert.rejects(parse({ token_ttl: -5 }), /field "token_ttl": cannot provide negative value '-5'$/);
  });

  test("are shown under the names of their fields", () => {
    assert.deepEqual(tokenParameters.toData(none), {
      ...{ token_bound_cidrs: [], token_policies: [], token_type: "default", token_no_default_policy: false },
      ...{ token_explicit_max_ttl: 0, token_max_ttl: 0, token_num_uses: 0, token_period: 0, token_ttl: 0 },
    });
  });

  test("become what a login grants", () => {
    const { type, ...rest } = { ...none, type: "batch", ttl: 5, boundCidrs: ["::1"] } as const;

    assert.deepEqual(tokenParameters.toGrant({ ...rest, type }), { ...rest, tokenType: "batch" });
  });
});
