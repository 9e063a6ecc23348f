import assert from "node:assert/strict";
import { test } from "node:test";
import { calculateTtl, path, secret, type TtlWishes } from "../../src/index.ts";
import { humanDuration } from "../../src/logical/human-duration.ts";
import { createTestSystem } from "../../src/testing/index.ts";
import { mounted } from "./sample.ts";

const hour = 3600;
const now = new Date("2026-01-01T00:00:00Z");
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const calculate = (wishes: TtlWishes, maxLeaseTtl = 48 * hour) =>
  calculateTtl(createTestSystem({ defaultLeaseTtl: 24 * hour, maxLeaseTtl }), { now, ...wishes });

const warned = (what: string, wish: string, limit: string): string =>
  `${what} of "${wish}" exceeded the effective max_ttl of "${limit}"; ${what} value is capped accordingly`;

const worked: readonly [name: string, wishes: TtlWishes, ttl: number, ...warnings: string[]][] = [
  ["the mount's default", {}, 24 * hour],
  ["what the plugin asks for", { ttl: hour }, hour],
  ["the increment before what the plugin asks for", { increment: 2 * hour, ttl: hour }, 2 * hour],
  ["an increment beyond the maximum", { increment: 72 * hour }, 48 * hour, warned("TTL", "72h", "48h")],
  ["more than the maximum", { ttl: 72 * hour }, 48 * hour, warned("TTL", "72h", "48h")],
  ["a smaller maximum of the plugin", { maxTtl: 12 * hour }, 12 * hour, warned("TTL", "24h", "12h")],
  ["no larger maximum of the plugin", { ttl: 72 * hour, maxTtl: 96 * hour }, 48 * hour, warned("TTL", "72h", "48h")],
  ["a hard end", { explicitMaxTtl: 6 * hour }, 6 * hour, warned("TTL", "24h", "6h")],
  ["a period", { period: hour }, hour],
  ["a period before the increment", { period: hour, increment: 10 * hour }, hour],
  ["a period at any age", { period: hour, issued: ago(100 * hour) }, hour],
  ["a period beyond the maximum", { period: 72 * hour }, 48 * hour, warned("period", "72h", "48h")],
  ["a period beyond a hard end", { period: 5400, explicitMaxTtl: hour }, hour, warned("period", "1h30m", "1h")],
  [
    "a period near a hard end",
    { period: 2 * hour, explicitMaxTtl: 10 * hour, issued: ago(9 * hour) },
    hour,
    warned("TTL", "2h", "1h"),
  ],
  ["an increment near the end", { increment: 5 * hour, issued: ago(46 * hour) }, 2 * hour, warned("TTL", "5h", "2h")],
  ["no negative increment", { increment: -hour }, 24 * hour],
  ["parts of a second", { increment: 100.5 }, 100.5],
];
for (const [name, wishes, ttl, ...warnings] of worked)
  test(`a lifetime follows ${name} [S79]`, async () => {
    assert.deepEqual(await calculate(wishes), { ttl, warnings });
  });

const past = "past the max TTL, cannot renew";
const none = "max TTL must be greater than zero";
const refused: readonly [name: string, message: string, wishes: TtlWishes, maxLeaseTtl?: number][] = [
  ["behind a hard end", past, { period: 2 * hour, explicitMaxTtl: 10 * hour, issued: ago(11 * hour) }],
  ["at the end", past, { increment: 5 * hour, issued: ago(48 * hour) }],
  ["behind the end", past, { increment: 5 * hour, issued: ago(100 * hour) }],
  ["without a maximum of the mount", none, {}, 0],
  ["without a maximum of the mount, whatever the plugin's is", none, { maxTtl: hour }, 0],
];
for (const [name, message, wishes, maxLeaseTtl] of refused)
  test(`there is no lifetime ${name} [S79]`, async () => {
    await assert.rejects(calculate(wishes, maxLeaseTtl), { kind: "unknown", message });
  });

test("times are cut to seconds before they are compared, and a lifetime is not [S81]", async () => {
  const wishes = { increment: 49 * hour, issued: new Date(now.getTime() - 900), now: new Date(now.getTime() + 900) };

  assert.equal((await calculate(wishes)).ttl, 48 * hour - 1);
  assert.equal((await calculate({ ttl: 100.5 })).ttl, 100.5);
});

test("a period is capped by a hard end, and again by what is left of it [S82]", async () => {
  const wishes = { period: 5400, explicitMaxTtl: hour };
  const byEnd = warned("period", "1h30m", "1h");

  assert.deepEqual(await calculate(wishes), { ttl: hour, warnings: [byEnd] });
  assert.deepEqual(await calculate({ ...wishes, issued: ago(1800) }), {
    ttl: 1800,
    warnings: [byEnd, warned("TTL", "1h", "30m")],
  });
});

test("the lease that a handler gets says what was asked and when it began", async () => {
  const account = secret("account", {
    internal: {},
    renew: async ({ lease, system }) => calculateTtl(system, { ...lease, maxTtl: 2 * hour }),
    revoke() {},
  });
  const creds = path("creds", { summary: "", fields: {}, read: () => account.issue({ data: {}, internal: {} }) });
  const mount = await mounted([creds], { secrets: [account] });
  const issued = (await mount.read("creds")) ?? {};

  const renewed = await mount.renew(issued, { increment: 5 * hour, issueTime: new Date(Date.now() - hour * 1000) });

  assert.ok(Math.abs((renewed?.secret?.ttl ?? 0) - hour) <= 1);
  assert.match(String(renewed?.warnings), /^TTL of "5h" exceeded the effective max_ttl of/);
});

const texts: readonly (readonly [seconds: number, text: string])[] = [
  ...([
    [60, "1m"],
    [3600, "1h"],
    [3630, "1h30s"],
    [86401, "24h1s"],
    [605, "10m5s"],
    [0, "0s"],
  ] as const),
  ...([
    [768 * hour, "768h"],
    [0.5, "500ms"],
    [1.5, "1.5s"],
    [0.0000015, "1.5µs"],
    [3e-9, "3ns"],
    [-60, "-1m"],
  ] as const),
];
for (const [seconds, text] of texts)
  test(`a duration reads ${text} [S80]`, () => {
    assert.equal(humanDuration(seconds), text);
  });
