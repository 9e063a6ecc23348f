import { figureText } from "./markdown.ts";
import { colourOf, curve, label, legend, line, picture } from "./svg.ts";

/** A plot of how something grows; the scale below it is logarithmic. */
export interface LinePlot {
  readonly title: string;
  /** What is below the plot. */
  readonly unit: string;
  readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

const width = 760;
const height = 320;
const left = 70;
const right = width - 30;
const top = 60;
const bottom = height - 50;

/** Draws a plot of growth as SVG. */
export function drawLines({ title, unit, series }: LinePlot): string {
  const all = series.flatMap(({ points }) => points);
  const places = [...new Set(all.map(([at]) => at))].sort((a, b) => a - b);
  const most = Math.max(...all.map(([, value]) => value));
  const [least, greatest] = [Math.log(Math.min(...places)), Math.log(Math.max(...places))];
  const x = (at: number): number => left + ((Math.log(at) - least) / (greatest - least || 1)) * (right - left);
  const y = (value: number): number => bottom - (value / most) * (bottom - top);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * most);
  return picture(width, height, title, [
    legend(
      left,
      44,
      series.map(({ name }) => name),
    ),
    ...ticks.map(
      (value) =>
        line(left, y(value), right, y(value)) + label(left - 6, y(value) + 4, figureText(value), 'text-anchor="end"'),
    ),
    ...places.map((at) => label(x(at), bottom + 18, at.toLocaleString("en-US"), 'text-anchor="middle"')),
    label((left + right) / 2, height - 10, unit, 'text-anchor="middle"'),
    ...series.map(({ points }, index) =>
      curve(
        points.map(([at, value]) => [x(at), y(value)] as const),
        colourOf(index),
      ),
    ),
  ]);
}
