import { type ContestantName, type Engine, engines } from "../contestants.ts";
import { medianOf } from "../statistics.ts";
import { figureText, markdownTable } from "./markdown.ts";
import type { TableResults } from "./results.ts";
import { nameOf } from "./table-section.ts";

const shown: readonly ContestantName[] = ["ours", "beside", "go"];

/** Start, memory, size and reload, a row for each plugin. */
export function figuresTable({ starts, memory, sizes, reloads }: TableResults): string {
  const rows = engines.flatMap((engine) =>
    shown.flatMap((contestant) => {
      const start = find(starts, contestant, engine)?.starts;
      if (start === undefined) return [];
      const held = find(memory, contestant, engine);
      const reload = engine === "kv" ? reloads.find((each) => each.contestant === contestant) : undefined;
      return [
        [
          `${engine}, ${nameOf(contestant)}`,
          figureText(medianOf(start.map(({ wall }) => wall))),
          figureText(medianOf(start.map(({ processor }) => processor))),
          held ? figureText(held.resident) : "",
          held ? figureText(held.anonymous) : "",
          reload ? figureText(medianOf(reload.milliseconds)) : "",
          figureText(find(sizes, contestant, engine)?.megabytes ?? 0),
        ],
      ];
    }),
  );
  const head = [
    ...["plugin", "start to handshake, ms", "its processor time, ms", "resident behind the load, MB"],
    ...["anonymous, MB", "reload to first answer, ms", "file, MB"],
  ];
  return markdownTable(head, rows);
}

function find<T extends { readonly contestant: ContestantName; readonly engine: Engine }>(
  all: readonly T[],
  contestant: ContestantName,
  engine: Engine,
): T | undefined {
  return all.find((each) => each.contestant === contestant && each.engine === engine);
}
