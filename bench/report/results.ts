import type { ContestantName, Engine } from "../contestants.ts";
import type { Curve } from "../growth/growth.ts";
import type { Machine } from "../machine.ts";
import type { Table } from "../main-table.ts";
import type { Reloads } from "../reloads.ts";
import type { Starts } from "../starts.ts";

/** Everything that a run for the table measured, as it is kept in `results/table.json`. */
export interface TableResults extends Table {
  readonly machine: Machine;
  readonly starts: readonly Starts[];
  readonly reloads: readonly Reloads[];
  /** Sizes of the files in megabytes. */
  readonly sizes: readonly {
    readonly contestant: ContestantName;
    readonly engine: Engine;
    readonly megabytes: number;
  }[];
}

/** Everything that a run for the curves measured, as it is kept in `results/growth.json`. */
export interface GrowthResults {
  readonly machine: Machine;
  readonly curves: readonly Curve[];
}
