import type { ContestantName } from "../contestants.ts";
import type { Cell } from "../main-table.ts";
import { operations } from "../operations.ts";
import type { Spread } from "../statistics.ts";
import { goalOf, isReached } from "./goals.ts";
import { figureText, markdownTable } from "./markdown.ts";
import { type Figure, figures, middleOf, ratioOf } from "./ratios.ts";

const heads: Readonly<Record<Figure, string>> = {
  requestsPerSecond: "requests/s",
  p50: "p50",
  p99: "p99",
  plugin: "plugin's processor time",
  server: "server's processor time",
};
const names: Readonly<Record<ContestantName, string>> = {
  ours: "ours",
  beside: "ours, other build",
  go: "Go",
  again: "Go again",
  floor: "Go, constant",
};

/** The comparison of one contestant with another, a row for each measurement that both took part in. */
export function ratioTable(cells: readonly Cell[], name: ContestantName, to: ContestantName): string | undefined {
  const compared = cells.filter(({ rounds }) => rounds[name] && rounds[to]);
  if (compared.length === 0) return undefined;
  const showGoals = name === "ours" && to === "go";
  const rows = compared.map(({ operation, connections, rounds }) => {
    const ratios = figures.map((figure) => {
      const ratio = ratioOf(rounds, figure, name, to);
      return ratio ? ratioText(ratio, figure, showGoals ? goalOf(figure, operation, connections) : undefined) : "";
    });
    return [titleOf(operation), `${connections}`, ...ratios];
  });
  const head = [`${names[name]} / ${names[to]}`, "connections", ...figures.map((figure) => heads[figure])];
  return markdownTable(head, rows);
}

/** What each contestant did, medians over the rounds. */
export function absoluteTable(cells: readonly Cell[]): string {
  const rows = cells.flatMap(({ operation, connections, rounds }) =>
    Object.entries(names).flatMap(([name, title]) => {
      const slots = Object.entries(rounds).find(([each]) => each === name)?.[1];
      if (slots === undefined) return [];
      const middles = figures.map((figure) => figureText(middleOf(slots, figure)));
      return [[`${titleOf(operation)}, ${title}`, `${connections}`, ...middles]];
    }),
  );
  return markdownTable(["", "connections", "requests/s", "p50, µs", "p99, µs", "plugin, µs", "server, µs"], rows);
}

/** What an operation is called in reports. */
export function titleOf(operation: string): string {
  return operations.find(({ name }) => name === operation)?.title ?? operation;
}

/** What a contestant is called in reports. */
export function nameOf(contestant: ContestantName): string {
  return names[contestant];
}

function ratioText({ median, low, high }: Spread, figure: Figure, goal: number | undefined): string {
  const text = `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
  if (goal === undefined) return text;
  return isReached(figure, median, goal) ? `**${text}**` : `${text}, goal ${goal}`;
}
