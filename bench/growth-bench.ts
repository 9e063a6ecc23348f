import { openArena } from "./arena.ts";
import type { Contestant } from "./contestants.ts";
import { growConnections } from "./growth/connections.ts";
import type { Curve } from "./growth/growth.ts";
import { growKeys } from "./growth/keys.ts";
import { growMounts } from "./growth/mounts.ts";
import { growSizes } from "./growth/sizes.ts";
import { describeMachine } from "./machine.ts";
import type { Options } from "./options.ts";
import type { GrowthResults } from "./report/results.ts";

/** Each has a server of its own, so that what one leaves behind is not in the way of the next. */
const dimensions = { connections: growConnections, mounts: growMounts, sizes: growSizes, keys: growKeys };

/** Measures the curves, and gives what is there behind each dimension, since all of them take long. */
export async function* benchGrowth(
  options: Options,
  load: string,
  contestants: readonly Contestant[],
): AsyncGenerator<GrowthResults> {
  const compared = contestants.filter(({ name }) => name !== "again" && name !== "floor");
  const length = options.isQuick ? { rounds: 3, slotMs: 400 } : { rounds: 9, slotMs: 1000 };
  const mostKeys = options.isQuick ? 10_000 : 1_000_000;
  const curves: Curve[] = [];
  for (const [name, grow] of Object.entries(dimensions)) {
    if (options.only?.test(name) === false) continue;
    await using arena = await openArena(load);
    curves.push(...(await grow({ arena, contestants: compared, length, mostKeys })));
    yield { machine: describeMachine(options), curves };
  }
}
