import assert from "node:assert/strict";
import { test } from "node:test";
import { calculateTtl, type TtlInputs } from "../../src/leases/calculate-ttl.ts";

const hour = 3600;
const now = new Date("2026-01-01T00:00:00Z");
const ago = (hours: number): Date => new Date(now.getTime() - hours * hour * 1000);
const ttlWarning = (wish: string, limit: string): string =>
  `TTL of "${wish}" exceeded the effective max_ttl of "${limit}"; TTL value is capped accordingly`;
const periodWarning = (wish: string, limit: string): string =>
  `period of "${wish}" exceeded the effective max_ttl of "${limit}"; period value is capped accordingly`;

const worked: readonly [name: string, inputs: Partial<TtlInputs>, ttl: number, ...warnings: string[]][] = [
  ["nothing", {}, 24 * hour],
  ["a lifetime", { ttl: hour }, hour],
  ["an increment wins over a lifetime", { increment: 2 * hour, ttl: hour }, 2 * hour],
  ["an increment beyond the maximum", { increment: 72 * hour }, 48 * hour, ttlWarning("72h", "48h")],
  ["a lifetime beyond the maximum", { ttl: 72 * hour }, 48 * hour, ttlWarning("72h", "48h")],
  ["a smaller maximum of the plugin", { maxTtl: 12 * hour }, 12 * hour, ttlWarning("24h", "12h")],
  ["a larger maximum of the plugin", { ttl: 72 * hour, maxTtl: 96 * hour }, 48 * hour, ttlWarning("72h", "48h")],
  ["an explicit maximum", { explicitMaxTtl: 6 * hour }, 6 * hour, ttlWarning("24h", "6h")],
  ["a period", { period: hour }, hour],
  ["a period ignores the increment", { period: hour, increment: 10 * hour }, hour],
  ["a period ignores the age", { period: hour, issueTime: ago(100) }, hour],
  ["a period beyond the maximum", { period: 72 * hour }, 48 * hour, periodWarning("72h", "48h")],
  ["a period beyond an explicit maximum", { period: 5400, explicitMaxTtl: hour }, hour, periodWarning("1h30m", "1h")],
  [
    "a period near its hard end",
    { period: 2 * hour, explicitMaxTtl: 10 * hour, issueTime: ago(9) },
    hour,
    ttlWarning("2h", "1h"),
  ],
  ["an increment near the end", { increment: 5 * hour, issueTime: ago(46) }, 2 * hour, ttlWarning("5h", "2h")],
  ["a negative increment", { increment: -hour }, 24 * hour],
  ["a part of a second", { increment: 100.5 }, 100.5],
];

for (const [name, inputs, ttl, ...warnings] of worked)
  test(`calculates ${name}`, () => {
    const result = calculateTtl({ systemDefault: 24 * hour, systemMax: 48 * hour, now, ...inputs });

    assert.deepEqual(result, { ttl, warnings });
  });

const failing: readonly [name: string, inputs: Partial<TtlInputs>, text: string][] = [
  [
    "after the hard end of a period",
    { period: 7200, explicitMaxTtl: 36_000, issueTime: ago(11) },
    "past the max TTL, cannot renew",
  ],
  ["at the maximum age", { increment: hour, issueTime: ago(48) }, "past the max TTL, cannot renew"],
  ["without a system maximum", { systemMax: 0 }, "max TTL must be greater than zero"],
  [
    "without a system maximum but with the plugin's",
    { systemMax: 0, maxTtl: hour },
    "max TTL must be greater than zero",
  ],
];

for (const [name, inputs, text] of failing)
  test(`refuses ${name}`, () => {
    assert.throws(() => calculateTtl({ systemDefault: 24 * hour, systemMax: 48 * hour, now, ...inputs }), {
      message: text,
    });
  });
