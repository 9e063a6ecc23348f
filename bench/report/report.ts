import { figuresTable } from "./figures-section.ts";
import { growthTable } from "./growth-section.ts";
import { machineText } from "./machine-section.ts";
import type { GrowthResults, TableResults } from "./results.ts";
import { absoluteTable, ratioTable } from "./table-section.ts";

/** The names of the plots of the table. */
export const tablePlots = ["throughput", "latency", "processor"] as const;

/** The results of the table as Markdown. */
export function tableText(results: TableResults): string {
  const { cells, machine } = results;
  const comparisons = [
    ["Ours and Go's", ratioTable(cells, "ours", "go")],
    ["Ours and the other build of ours", ratioTable(cells, "ours", "beside")],
    ["The other build of ours and Go's", ratioTable(cells, "beside", "go")],
    ["Ours and a constant in Go, without storage", ratioTable(cells, "ours", "floor")],
    ["The noise: Go's plugin, and the same in another process", ratioTable(cells, "again", "go")],
  ] as const;
  return [
    ...["## The table", machineText(machine)],
    "Ratios: median over the rounds, with the quartiles. Bold: the goal is reached.",
    ...comparisons.flatMap(([title, table]) => (table === undefined ? [] : [`### ${title}`, table])),
    ...tablePlots.map((name) => `![${name}](results/${name}.svg)`),
    ...["### Start, memory, reload, size", figuresTable(results)],
    ...["### The figures themselves", absoluteTable(cells)],
  ].join("\n\n");
}

/** The curves as Markdown. */
export function growthText({ machine, curves }: GrowthResults): string {
  const parts = curves.flatMap((curve) => [
    ...[`### ${curve.title}`, `![${curve.title}](results/${curve.name}.svg)`],
    growthTable(curve),
  ]);
  return ["## How it grows", machineText(machine), ...parts].join("\n\n");
}
