import type { Curve } from "../growth/growth.ts";
import { drawLines } from "./line-plot.ts";
import { figureText, markdownTable } from "./markdown.ts";
import { middleOf, ratioOf } from "./ratios.ts";
import { nameOf } from "./table-section.ts";

const shown = ["ours", "beside", "go"] as const;

/** The figures of a curve as a table, a row for each place. */
export function growthTable({ points, unit }: Curve): string {
  const [first] = points;
  const names = shown.filter((name) => first?.rounds[name] !== undefined);
  const rows = points.map(({ at, rounds, memory }) => {
    const ratio = ratioOf(rounds, "requestsPerSecond", "ours", "go");
    return [
      at.toLocaleString("en-US"),
      ...names.map((name) => figureText(middleOf(rounds[name] ?? [], "requestsPerSecond"))),
      ratio ? `${ratio.median.toFixed(2)} (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})` : "",
      ...names.map((name) => figureText(middleOf(rounds[name] ?? [], "p50"))),
      ...names.map((name) => figureText(middleOf(rounds[name] ?? [], "plugin"))),
      ...names.map((name) => figureText(memory[name]?.anonymous ?? 0)),
    ];
  });
  const columns = (what: string): readonly string[] => names.map((name) => `${what}, ${nameOf(name)}`);
  const head = [unit, ...columns("requests/s"), "ours / Go", ...columns("p50, µs")];
  return markdownTable([...head, ...columns("plugin, µs"), ...columns("anonymous, MB")], rows);
}

/** The throughput of a curve as SVG. */
export function growthPlot({ title, unit, points }: Curve): string {
  const [first] = points;
  const names = shown.filter((name) => first?.rounds[name] !== undefined);
  const series = names.map((name) => ({
    name: nameOf(name),
    points: points.map(({ at, rounds }) => [at, middleOf(rounds[name] ?? [], "requestsPerSecond")] as const),
  }));
  return drawLines({ title: `${title}: requests/s`, unit, series });
}
