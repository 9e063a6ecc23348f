import { statSync } from "node:fs";
import { openArena } from "./arena.ts";
import { type Contestant, engines } from "./contestants.ts";
import { describeMachine } from "./machine.ts";
import { measureTable } from "./main-table.ts";
import type { Options } from "./options.ts";
import { measureReloads } from "./reloads.ts";
import type { TableResults } from "./report/results.ts";
import { measureStarts } from "./starts.ts";

/** Measures everything but the curves. */
export async function benchTable(
  options: Options,
  load: string,
  contestants: readonly Contestant[],
): Promise<TableResults> {
  const compared = contestants.filter(({ name }) => name !== "again" && name !== "floor");
  const times = options.isQuick ? 10 : 30;
  await using arena = await openArena(load);
  const table = await measureTable(arena, contestants, options);
  console.error("  reloads and starts");
  const reloads = await measureReloads(arena, compared, times);
  const starts = await measureStarts(compared, times);
  const sizes = compared.flatMap(({ name, files }) =>
    engines.map((engine) => ({ contestant: name, engine, megabytes: statSync(files[engine]).size / 1e6 })),
  );
  return { machine: describeMachine(options), ...table, reloads, starts, sizes };
}
