import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DefinitionError, path, type TokenParameters, t, tokenParameters } from "../../src/index.ts";
import { mounted } from "./sample.ts";

const vault = tokenParameters({ kind: "vault" });
const openbao = tokenParameters({ kind: "openbao" });
const { none } = vault;

/** Sends a body to a path with the token fields and gives the parameters that come out. */
async function parse(
  body: Readonly<Record<string, unknown>>,
  current?: TokenParameters,
  operation: "write" | "patch" = "write",
): Promise<unknown> {
  let parsed: TokenParameters | undefined;
  const role = path("role", {
    summary: "",
    fields: openbao.fields,
    update({ fields }) {
      parsed = openbao.parse(fields, current);
    },
    patch({ fields }) {
      parsed = openbao.parse(fields, current);
    },
  });
  await (await mounted([role]))[operation]("role", body);
  return parsed;
}

describe("token parameters", () => {
  test("are read from their fields [S84, S87]", async () => {
    const body = {
      token_bound_cidrs: "10.1.2.3/8,127.0.0.1/32,127.0.0.1:8200,::1,[::1]:80,/run/x",
      ...{ token_explicit_max_ttl: "4h", token_max_ttl: "3h", token_no_default_policy: true, token_num_uses: "5" },
      ...{ token_period: 60, token_policies: "b,a", token_ttl: "2h", token_type: "service" },
    };

    assert.deepEqual(await parse(body), {
      boundCidrs: ["10.1.2.3/8", "127.0.0.1", "127.0.0.1:8200", "::1", "[::1]:80", "/run/x"],
      ...{ explicitMaxTtl: 14400, maxTtl: 10800, noDefaultPolicy: true, numUses: 5, strictlyBindIp: false },
      ...{ period: 60, policies: ["b", "a"], ttl: 7200, type: "service" },
    });
  });

  test("keep their value where a request says nothing [S83]", async () => {
    const current: TokenParameters = {
      ...{ ttl: 5, maxTtl: 50, explicitMaxTtl: 500, period: 7, numUses: 3, type: "service" },
      ...{ policies: ["a"], boundCidrs: ["::1"], noDefaultPolicy: true, strictlyBindIp: false },
    };

    assert.deepEqual(await parse({}, current), current);
    assert.deepEqual(await parse({ token_max_ttl: 9 }, current), { ...current, maxTtl: 9 });
  });

  test("go back to their default where a patch says null", async () => {
    const current: TokenParameters = {
      ...{ ttl: 5, maxTtl: 50, explicitMaxTtl: 500, period: 0, numUses: 0, type: "batch" },
      ...{ policies: ["a"], boundCidrs: [], noDefaultPolicy: true, strictlyBindIp: true },
    };
    const names = Object.keys(openbao.fields).filter((name) => name !== "token_ttl");
    const body = Object.fromEntries(names.map((name) => [name, null]));

    assert.deepEqual(await parse(body, current, "patch"), { ...none, ttl: 5 });
    assert.deepEqual(await parse({ token_max_ttl: 9 }, current, "patch"), { ...current, maxTtl: 9 });
  });

  test("take the empty text and default for the default type [S84]", async () => {
    for (const text of ["", "default"])
      assert.deepEqual(await parse({ token_type: text }, { ...none, type: "service" }), none);
    assert.deepEqual(await parse({ token_type: "batch" }), { ...none, type: "batch" });
  });

  test("may start with any lifetime where the longest is not given [S86]", async () => {
    assert.deepEqual(await parse({ token_ttl: "2h", token_max_ttl: 0 }), { ...none, ttl: 7200 });
  });

  const batch = "'token_type' cannot be 'batch' or 'default_batch' when set to generate";
  const strict = "'token_strictly_bind_ip' conflicts with 'token_bound_cidrs'; set only one";
  const address = (text: string) =>
    `error parsing address "${text}": Unable to convert "${text}" to an IPv4 or IPv6 address, or a UNIX Socket`;
  const refusals = [
    [{ token_bound_cidrs: "10.0.0.0/8,host" }, { ...none, maxTtl: -1 }, address("host")],
    [{ token_bound_cidrs: ["300.1.1.1"] }, none, address("300.1.1.1")],
    [{ token_bound_cidrs: "10.0.0.0/33" }, none, address("10.0.0.0/33")],
    [{ token_bound_cidrs: "," }, none, address("")],
    [{}, { ...none, maxTtl: -1, period: -1 }, "'token_max_ttl' cannot be negative"],
    [{ token_type: "x" }, { ...none, period: -1 }, "'token_period' cannot be negative"],
    [{ token_type: "default-service", token_num_uses: -1 }, none, "invalid 'token_type' value \"default-service\""],
    [{ token_type: "batch", token_num_uses: -1 }, { ...none, period: 5 }, "'token_num_uses' cannot be negative"],
    [{ token_type: "batch", token_num_uses: 1 }, { ...none, period: 5 }, `${batch} periodic tokens`],
    [{ token_type: "batch", token_period: 1 }, none, `${batch} periodic tokens`],
    [{ token_period: 1 }, { ...none, type: "default-batch" }, `${batch} periodic tokens`],
    [{ token_type: "batch" }, { ...none, numUses: 5 }, `${batch} tokens with limited use count`],
    [{ token_type: "batch", token_num_uses: 5 }, { ...none, ttl: -1 }, `${batch} tokens with limited use count`],
    [{ token_max_ttl: 5 }, { ...none, ttl: -1 }, "'token_ttl' cannot be negative"],
    [
      { token_ttl: "2h", token_max_ttl: "1h", token_strictly_bind_ip: true, token_bound_cidrs: "::1" },
      none,
      "'token_ttl' cannot be greater than 'token_max_ttl'",
    ],
    [{ token_strictly_bind_ip: true, token_bound_cidrs: "10.0.0.0/8" }, none, strict],
    [{ token_bound_cidrs: "10.0.0.0/8" }, { ...none, strictlyBindIp: true }, strict],
  ] as const;
  for (const [body, current, message] of refusals)
    test(`refuse with: ${message} [S84, S85, S86, S87, S90]`, async () => {
      await assert.rejects(parse(body, current), { kind: "user", message });
    });

  test("refuse a negative duration in a request", async () => {
    await assert.rejects(parse({ token_ttl: -5 }), /field "token_ttl": cannot provide negative value '-5'$/);
  });

  const shown = {
    ...{ token_bound_cidrs: [], token_policies: [], token_type: "default", token_no_default_policy: false },
    ...{ token_explicit_max_ttl: 0, token_max_ttl: 0, token_num_uses: 0, token_period: 0, token_ttl: 0 },
  };

  test("are shown under the names of their fields [S88]", () => {
    assert.deepEqual(vault.toData(none), shown);
    assert.deepEqual(openbao.toData(none), { ...shown, token_strictly_bind_ip: false });
  });

  test("have the fields that the methods of their host have", () => {
    assert.deepEqual(Object.keys(vault.fields).sort(), Object.keys(shown).sort());
    assert.deepEqual(Object.keys(openbao.fields).sort(), [...Object.keys(shown), "token_strictly_bind_ip"].sort());
  });

  test("become what a login grants", () => {
    const { type, strictlyBindIp, ...rest } = { ...none, type: "batch", ttl: 5, boundCidrs: ["::1"] } as const;
    const { connection } = { connection: { remoteAddr: "192.0.2.7" } };

    assert.deepEqual(vault.toGrant({ ...rest, type, strictlyBindIp }, { connection }), { ...rest, tokenType: "batch" });
  });

  test("bind a token to the address of its login, and grant none without an address [S90]", () => {
    const strictly: TokenParameters = { ...none, strictlyBindIp: true };

    const { boundCidrs } = openbao.toGrant(strictly, { connection: { remoteAddr: "192.0.2.7" } });

    assert.deepEqual(boundCidrs, ["192.0.2.7"]);
    for (const request of [{}, { connection: {} }, { connection: { remoteAddr: "somewhere" } }])
      assert.throws(() => openbao.toGrant(strictly, request), { kind: "user", message: /^error parsing address/ });
  });

  test("are shown by user interfaces as those of the hosts, in a group of their own", () => {
    const displays = Object.entries(openbao.fields).map(([name, { options }]) => [name, options.display?.name]);

    assert.deepEqual(Object.fromEntries(displays), {
      token_bound_cidrs: "Generated Token's Bound CIDRs",
      token_explicit_max_ttl: "Generated Token's Explicit Maximum TTL",
      token_max_ttl: "Generated Token's Maximum TTL",
      token_no_default_policy: "Do Not Attach 'default' Policy To Generated Tokens",
      token_num_uses: "Maximum Uses of Generated Tokens",
      token_period: "Generated Token's Period",
      token_policies: "Generated Token's Policies",
      token_strictly_bind_ip: "Strictly bind to the source IP address",
      token_ttl: "Generated Token's Initial TTL",
      token_type: "Generated Token's Type",
    });
    assert.ok(Object.values(openbao.fields).every(({ options }) => options.display?.group === "Tokens"));
  });

  test("document a default for the type, which no request gets", () => {
    const { options, parse } = vault.fields.token_type;

    assert.equal(options.default, "default-service");
    assert.equal(parse(undefined), undefined);
  });
});

describe("token fields", () => {
  const name = t.name();

  test("are added to those of a path, all or by name", () => {
    const { token_ttl, token_type } = vault.fields;

    assert.deepEqual(vault.addTo({ name }), { name, ...vault.fields });
    assert.deepEqual(vault.addTo({ name }, ["token_ttl", "token_type"]), { name, token_ttl, token_type });
  });

  test("never take the place of another field [S91]", () => {
    const message = "adding role field token_ttl would overwrite existing field";

    assert.throws(() => vault.addTo({ token_ttl: t.string() }), { message, constructor: DefinitionError });
    assert.throws(() => vault.addTo({ token_ttl: t.string() }, ["token_ttl"]), { message });
    assert.deepEqual(Object.keys(vault.addTo({ token_ttl: t.string() }, ["token_type"])), ["token_ttl", "token_type"]);
  });
});
