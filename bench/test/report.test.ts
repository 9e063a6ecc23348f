import assert from "node:assert/strict";
import { test } from "node:test";
import { drawBars } from "../report/bar-plot.ts";
import { drawLines } from "../report/line-plot.ts";
import { ratioOf } from "../report/ratios.ts";
import { ratioTable } from "../report/table-section.ts";
import type { Slot } from "../rounds.ts";

function slot(requestsPerSecond: number, p50: number): Slot {
  return { requests: 100, requestsPerSecond, p50, p99: 100, plugin: 10, server: 20 };
}

const rounds = {
  ours: [slot(300, 50), slot(100, 60), slot(900, 20)],
  go: [slot(100, 100), slot(50, 100), slot(300, 100)],
};

test("compares round by round, so that a slow round is slow for both", () => {
  assert.deepEqual(ratioOf(rounds, "requestsPerSecond", "ours", "go"), { median: 3, low: 2.5, high: 3 });
  assert.equal(ratioOf(rounds, "p50", "ours", "floor"), undefined);
});

test("says where a goal is reached and where it is missed", () => {
  const table = ratioTable([{ operation: "kv2-read", connections: 1, rounds }], "ours", "go");

  assert.deepEqual(table?.split("\n"), [
    "| ours / Go | connections | requests/s | p50 | p99 | plugin's processor time | server's processor time |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    "| KV v2 read | 1 | 3.00 (2.50–3.00) | **0.50 (0.35–0.55)** | **1.00 (1.00–1.00)** | 1.00 (1.00–1.00), goal 0.5 | 1.00 (1.00–1.00) |",
  ]);
});

test("leaves a comparison out where one side was not measured", () => {
  assert.equal(ratioTable([{ operation: "kv2-read", connections: 1, rounds }], "ours", "floor"), undefined);
});

test("draws ratios with a line at one, and leaves out what was not measured", () => {
  const svg = drawBars({
    title: "A & B",
    series: ["one", "many"],
    rows: [{ label: "read", bars: [{ median: 2, low: 1.5, high: 2.5 }, undefined] }],
  });

  assert.match(svg, /^<svg .*>A &amp; B<.*>read<.*>2\.00<.*>1 = Go<.*<\/svg>\n$/s);
  assert.equal(svg.match(/height="12"/g)?.length, 1);
});

test("draws growth along powers", () => {
  const points = [
    [1, 10],
    [10, 20],
    [100, 5],
  ] as const;

  const svg = drawLines({ title: "growth", unit: "keys", series: [{ name: "ours", points }] });

  assert.equal(svg.match(/points="([^"]+)"/)?.[1], "70,165 400,60 730,217.5");
});
