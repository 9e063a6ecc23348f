import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  calculateTtl,
  cidrsContain,
  type Data,
  path,
  remoteAddrIsAllowed,
  secretsEngine,
  tokenParameters,
  UserError,
} from "@vaultwright/core";
import { createTestSystem, harness } from "@vaultwright/core/testing";
import { createDice, type Dice } from "../fuzz.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { type Answer, askTokens, type Question, type Wishes } from "../hosts/tokens.ts";
import { seedFrom } from "../seed.ts";

const parameters = tokenParameters({ kind: "vault" });

/** Gives the same roles, lifetimes and addresses to Vault's SDK and to ours, and expects the same of both. */
export function tokenCases({ count }: { readonly count: number }): void {
  const seed = seedFrom("TOKENS_SEED");

  describe(`${count} questions on tokens (TOKENS_SEED=${seed})`, () => {
    let program: string;
    before(async () => {
      program = await buildGoHost("tokens");
    });

    async function compare(make: (dice: Dice) => Question, ours: (question: Question) => Promise<Answer>) {
      const dice = createDice(seed);
      const questions = Array.from({ length: count }, () => make(dice));
      const answers = await askTokens(program, questions);
      for (const [index, question] of questions.entries())
        assert.deepEqual(await ours(question), plain(answers[index] ?? {}), JSON.stringify(question));
    }

    test("a role changes as Go's do, and is stored and shown alike", () => compare(makeChange, change));
    test("a lifetime is Go's, with its warnings", () => compare(makeWishes, lifetime));
    test("an address may log in where it may in Go", () => compare(makeAddress, allowed));
    test("a block lies within another where it does in Go", () => compare(makeBlocks, contained));
  });
}

/** Go writes lists that are empty as null, and newer SDKs have metadata that Vault 1.21 has not. */
function plain({ stored, data, ...rest }: Answer): Answer {
  const without = ({ alias_metadata: _, ...known }: Data): Data =>
    Object.fromEntries(Object.entries(known).map(([name, value]) => [name, value ?? []]));
  return { ...rest, ...(stored && { stored: without(stored) }), ...(data && { data: without(data) }) };
}

/** What looks like no path: Go takes any text with a slash for the path of a socket, where ours refuses it. */
const addresses = [
  ...[
    "127.0.0.1",
    "127.0.0.1/32",
    "10.1.2.3/8",
    "10.0.0.0/08",
    "0.0.0.0/0",
    "300.1.1.1",
    "1.2.3",
    "01.2.3.4",
    "host",
    'a"b\té',
  ],
  ...["127.0.0.1:8200", "1.2.3.4:0", "1.2.3.4:65536", "1.2.3.4:", "1.2.3.4:080", "[1.2.3.4]:80", "", " 10.0.0.1 ", "/"],
  ...["::1", "[::1]:80", "[::1]", "[::1]:", "2001:db8::/32", "2001:0DB8:0:0::1/64", "2001:db8:0:0:1:0:0:1", "::/0"],
  ...["::ffff:1.2.3.4", "::ffff:10.0.0.0/104", "::ffff:a00:1", "::ffff:1.2.3.4/90", "[::ffff:1.2.3.4]:80", "::1.2.3.4"],
  ...["fe80::1%eth0", "::1/128", "1::2::3", "0:0:0:0:0:0:0:1", "::1/00", "[::1]:99999", "0.0.0.0", "::"],
];
const remotes = [
  ...["127.0.0.1", "10.9.9.9", "10.0.0.1", "::1", "2001:db8::7", "::ffff:10.1.1.1", "garbage", "1.2.3.4", "::1.2.3.4"],
  ...["fe80::1%eth0", "01.2.3.4", "0.0.0.0"],
];

function makeChange(dice: Dice): Question {
  const body = {
    token_bound_cidrs: pick(dice, [pickSome(dice, addresses.slice(0, 3)), pickSome(dice, addresses)]),
    token_explicit_max_ttl: pick(dice, [0, "1h", 5]),
    token_max_ttl: pick(dice, [0, 3600, "2h"]),
    token_no_default_policy: pick(dice, [true, "false", 1]),
    token_num_uses: pick(dice, [0, 0, 3, "5", -1]),
    token_period: pick(dice, [0, 0, "24h", 7]),
    token_policies: pick(dice, ["a,B, b", ["x", "x"], "", []]),
    token_ttl: pick(dice, [0, 1800, "90m", 7200]),
    token_type: pick(dice, ["", "default", "service", "batch", "batch", "default-service", "Service", 'x"y']),
  };
  return { role: makeRole(dice), body: some(dice, body) };
}

function makeRole(dice: Dice): Data {
  const billion = 1_000_000_000;
  const role = {
    token_bound_cidrs: pick(dice, [null, ["10.0.0.0/8"], ["127.0.0.1", "::1"]]),
    token_max_ttl: pick(dice, [0, 0, 3600 * billion, -billion]),
    token_period: pick(dice, [0, 0, 0, 60 * billion, -billion]),
    token_policies: pick(dice, [null, ["a"]]),
    token_num_uses: pick(dice, [0, 0, 2, -1]),
    token_ttl: pick(dice, [0, 600 * billion, 7200 * billion, -billion]),
    token_type: pick(dice, [0, 1, 2, 3, 4, "", "default", "service", "batch", "default-service", "default-batch", "x"]),
  };
  return some(dice, role);
}

function makeWishes(dice: Dice): Question {
  const duration = () => pick(dice, [0, 0, -60, 1, 59.5, 60, 100.25, 3599, 3600, 5400, 86_400, 90_061, 172_800, 1e6]);
  const wishes: Wishes = {
    ...{ default: pick(dice, [86_400, 60]), max: pick(dice, [172_800, 172_800, 3600, 0]) },
    ...{ increment: duration(), ttl: duration(), period: duration(), maxTtl: duration(), explicitMax: duration() },
    age: pick(dice, [0, 0, 30, 3599, 3600, 172_799, 500_000]),
  };
  return { wishes };
}

function makeAddress(dice: Dice): Question {
  return { role: { token_bound_cidrs: pickSome(dice, accepted) }, address: pick(dice, remotes) };
}

/** Pairs, since Go stops reading a list at the first block that answers. */
function makeBlocks(dice: Dice): Question {
  return { outer: [pick(dice, blocks)], inner: [pick(dice, blocks)] };
}

const blocks = [
  ...["10.0.0.0/8", "10.1.2.3/16", "10.1.0.0/16", "0.0.0.0/0", "1.2.3.4/0", "10.0.0.1/32", "11.0.0.0/8", "10.0.0.1"],
  ...["::/0", "2001:db8::/32", "2001:db8:1::/48", "2001:db8::1/128", "::1/0", "host/8", "10.0.0.0/33"],
];

/** What a role can hold: Go refuses to read one with anything else. */
const accepted = addresses.filter((address) => {
  try {
    parameters.parse({ token_bound_cidrs: [address] });
    return true;
  } catch {
    return false;
  }
});

async function change({ role = {}, body = {} }: Question): Promise<Answer> {
  let answer: Answer = {};
  const changed = path("role", {
    summary: "",
    fields: parameters.fields,
    update({ fields }) {
      const result = parameters.parse(fields, read(role));
      const stored: Data = JSON.parse(JSON.stringify(parameters.toStored(result), (_, value) => numbered(value)));
      const { token_strictly_bind_ip: _, ...known } = stored;
      answer = { stored: known, data: parameters.toData(result) };
    },
  });
  const mount = await harness(() => secretsEngine({ help: "", paths: [changed] }));
  try {
    await mount.request("update", "role", body);
    return answer;
  } catch (error) {
    assert.ok(error instanceof Error);
    return { error: error.message.replace(/^Field validation failed: /, "") };
  }
}

function read(role: Data): ReturnType<typeof parameters.fromStored> {
  try {
    return parameters.fromStored(role);
  } catch (error) {
    throw new UserError("unreadable role", { cause: error });
  }
}

function numbered(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

async function lifetime({ wishes }: Question): Promise<Answer> {
  assert.ok(wishes);
  const { default: defaultLeaseTtl, max: maxLeaseTtl, explicitMax: explicitMaxTtl, age, ...rest } = wishes;
  const now = new Date();
  const issued = new Date(now.getTime() - age * 1000);
  try {
    const system = createTestSystem({ defaultLeaseTtl, maxLeaseTtl });
    const { ttl, warnings } = await calculateTtl(system, { ...rest, explicitMaxTtl, now, issued });
    return { ttl, ...(warnings.length > 0 && { warnings }) };
  } catch (error) {
    assert.ok(error instanceof Error);
    return { error: error.message };
  }
}

async function allowed({ role = {}, address = "" }: Question): Promise<Answer> {
  return remoteAddrIsAllowed(address, parameters.fromStored(role).boundCidrs) ? { allowed: true } : {};
}

async function contained({ outer = [], inner = [] }: Question): Promise<Answer> {
  try {
    return cidrsContain(outer, inner) ? { allowed: true } : {};
  } catch (error) {
    assert.ok(error instanceof UserError);
    return { error: error.message };
  }
}

function pick<const T>(dice: Dice, values: readonly T[]): T {
  const value = values[dice(values.length)];
  // The index is below the length, and no list here is empty.
  return value as T;
}

function pickSome<T>(dice: Dice, values: readonly T[]): readonly T[] {
  return Array.from({ length: 1 + dice(3) }, () => pick(dice, values));
}

/** Leaves some of the members out. */
function some(dice: Dice, members: Data): Data {
  return Object.fromEntries(Object.entries(members).filter(() => dice(2) === 0));
}
