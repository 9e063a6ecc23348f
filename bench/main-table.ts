import type { Arena } from "./arena.ts";
import { type Contestant, type ContestantName, type Engine, engines } from "./contestants.ts";
import { type MountKind, type MountKindName, mountKinds } from "./mounts.ts";
import { type Operation, operations } from "./operations.ts";
import type { Options } from "./options.ts";
import { type Memory, memoryOf } from "./processor-time.ts";
import { type Length, measure, type Participant, type Rounds } from "./rounds.ts";

/** The connections of the table. Many come first, so that code is warm when single requests are timed. */
const connectionCounts = [32, 1];

/** Everything that was measured of one operation with so many connections. */
export interface Cell {
  readonly operation: string;
  readonly connections: number;
  readonly rounds: Rounds;
}

/** Memory of a plugin behind the load. */
export interface MemoryAfterLoad extends Memory {
  readonly contestant: ContestantName;
  readonly engine: Engine;
}

/** What the table is made of. */
export interface Table {
  readonly cells: readonly Cell[];
  readonly memory: readonly MemoryAfterLoad[];
}

/** A mount of a contestant. */
interface Mounted {
  readonly contestant: ContestantName;
  readonly kind: MountKindName;
  readonly path: string;
  /** The name under which its plugin is registered. */
  readonly plugin: string;
}

/** Mounts everything, measures operation by operation, and reads how much memory the plugins hold then. */
export async function measureTable(
  arena: Arena,
  contestants: readonly Contestant[],
  { only, isQuick }: Options,
): Promise<Table> {
  const length: Length = isQuick ? { rounds: 7, slotMs: 400 } : { rounds: 21, slotMs: 1000 };
  const chosen = operations.filter(({ name }) => only?.test(name) ?? true);
  const known = operations.map(({ name }) => name).join(", ");
  if (chosen.length === 0) throw new Error(`--only ${only?.source} matches none of ${known}`);
  const mounts = await mountAll(arena, contestants, new Set(chosen.map(({ mount }) => mount)));
  const cells: Cell[] = [];
  for (const operation of chosen)
    for (const connections of connectionCounts) {
      console.error(`  ${operation.title}, ${connections} connection${connections === 1 ? "" : "s"}`);
      const participants = mounts
        .filter(({ kind, contestant }) => kind === operation.mount && takesPart(contestant, operation))
        .map((mounted) => participantOf(mounted, operation, arena.token));
      cells.push({
        operation: operation.name,
        connections,
        rounds: await measure(arena, participants, connections, length),
      });
    }
  return { cells, memory: readMemory(arena, mounts) };
}

async function mountAll(
  arena: Arena,
  contestants: readonly Contestant[],
  kinds: ReadonlySet<MountKindName>,
): Promise<readonly Mounted[]> {
  const { client, load, token } = arena;
  const mounts: Mounted[] = [];
  for (const contestant of contestants)
    for (const engine of engines) {
      const plugin = `${contestant.name}-${engine}`;
      const wanted = [...kinds].filter((kind) => mountKinds[kind].engine === engine && hasMount(contestant.name, kind));
      if (wanted.length > 0) await arena.register(contestant, engine, plugin);
      for (const kind of wanted) {
        const path = await arena.mount(plugin, engine, `${contestant.name}-${kind}`);
        const { prepare }: MountKind = mountKinds[kind];
        if (contestant.name !== "floor") await prepare({ path, client, load, token });
        mounts.push({ contestant: contestant.name, kind, path, plugin });
      }
    }
  return mounts;
}

/** The floor and the second Go plugin are mounted only where an operation needs them. */
function hasMount(name: ContestantName, kind: MountKindName): boolean {
  return operations.some((operation) => operation.mount === kind && takesPart(name, operation));
}

function takesPart(name: ContestantName, { floorStatus }: Operation): boolean {
  return floorStatus !== undefined || (name !== "floor" && name !== "again");
}

function participantOf(
  { contestant, path, plugin, kind }: Mounted,
  { request, floorStatus }: Operation,
  token: string,
): Participant {
  const status = contestant === "floor" && floorStatus !== undefined ? floorStatus : request.status;
  const job = { ...request, status, path: `/v1/${path}/${request.path}` };
  // Logins are made without a token.
  return { name: contestant, plugin, job: kind === "login" ? job : { ...job, token } };
}

function readMemory(arena: Arena, mounts: readonly Mounted[]): readonly MemoryAfterLoad[] {
  const plugins = new Map(mounts.map((mounted) => [mounted.plugin, mounted]));
  return [...plugins.values()].map(({ contestant, kind, plugin }) => ({
    ...{ contestant, engine: mountKinds[kind].engine },
    ...memoryOf(arena.processOf(plugin)),
  }));
}
