import type { Spread } from "../statistics.ts";
import { bar, colourOf, label, legend, line, picture } from "./svg.ts";

/** A plot of ratios: a group of bars for each row, and a line where both are alike. */
export interface BarPlot {
  readonly title: string;
  readonly series: readonly string[];
  readonly rows: readonly { readonly label: string; readonly bars: readonly (Spread | undefined)[] }[];
}

const width = 760;
const left = 170;
const right = width - 60;
const top = 60;
const barHeight = 14;

/** Draws a plot of ratios as SVG; the thin lines are the quartiles. */
export function drawBars({ title, series, rows }: BarPlot): string {
  const most = Math.max(1, ...rows.flatMap(({ bars }) => bars.map((each) => each?.high ?? 0)));
  const x = (ratio: number): number => left + (ratio / most) * (right - left);
  const groupHeight = series.length * barHeight + 10;
  const bottom = top + rows.length * groupHeight;
  const parts = rows.flatMap(({ label: name, bars }, row) => {
    const y = top + row * groupHeight;
    const drawn = bars.flatMap((spread, index) => (spread ? drawBar(spread, x, y + index * barHeight, index) : []));
    return [label(left - 8, y + groupHeight / 2, name, 'text-anchor="end"'), ...drawn];
  });
  const alike = [line(x(1), top - 6, x(1), bottom, "#dc2626"), label(x(1) + 3, bottom + 14, "1 = Go")];
  return picture(width, bottom + 24, title, [legend(left, 44, series), ...parts, ...alike]);
}

function drawBar({ median, low, high }: Spread, x: (ratio: number) => number, y: number, index: number): string[] {
  const middle = y + barHeight / 2 - 1;
  return [
    bar(left, y, x(median) - left, barHeight - 2, colourOf(index)),
    line(x(low), middle, x(high), middle, "#111827"),
    label(x(high) + 5, middle + 4, median.toFixed(2)),
  ];
}
