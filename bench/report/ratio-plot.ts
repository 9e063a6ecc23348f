import { type BarPlot, drawBars } from "./bar-plot.ts";
import { type Figure, ratioOf } from "./ratios.ts";
import type { TableResults } from "./results.ts";
import { titleOf } from "./table-section.ts";

/** Draws one figure of the table, ours in proportion to Go's, as SVG. */
export function ratioPlot({ cells }: TableResults, figure: Figure, title: string): string {
  const counts = [...new Set(cells.map(({ connections }) => connections))];
  const rows: BarPlot["rows"] = [...new Set(cells.map(({ operation }) => operation))].map((operation) => ({
    label: titleOf(operation),
    bars: counts.map((count) => {
      const cell = cells.find((each) => each.operation === operation && each.connections === count);
      return cell && ratioOf(cell.rounds, figure, "ours", "go");
    }),
  }));
  return drawBars({ title, series: counts.map((count) => `${count} connection${count === 1 ? "" : "s"}`), rows });
}
