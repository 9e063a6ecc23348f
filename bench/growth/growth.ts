import type { Arena } from "../arena.ts";
import type { Contestant } from "../contestants.ts";
import { type Memory, memoryOf } from "../processor-time.ts";
import { type Length, measure, type Participant, type Rounds } from "../rounds.ts";

/** How something changes while one number grows. */
export interface Curve {
  readonly name: string;
  readonly title: string;
  /** What the number counts. */
  readonly unit: string;
  readonly points: readonly Point[];
}

/** What was measured at one place of a curve. */
export interface Point {
  readonly at: number;
  readonly rounds: Rounds;
  /** Memory of the plugins behind it, by contestant. */
  readonly memory: Readonly<Record<string, Memory>>;
}

/** What a curve is measured with. */
export interface GrowthSetting {
  readonly arena: Arena;
  readonly contestants: readonly Contestant[];
  readonly length: Length;
  /** How many secrets a folder is filled with at most. */
  readonly mostKeys: number;
}

/** Measures what grows in one dimension, in a server of its own. */
export type Growth = (setting: GrowthSetting) => Promise<readonly Curve[]>;

/** What is sent at a place of a curve; the path is below the contestant's name. */
export type Request = Omit<Participant["job"], "token">;

/** Measures one place: the same request for each contestant. */
export async function measurePoint(
  { arena, contestants, length }: GrowthSetting,
  at: number,
  connections: number,
  request: Request,
): Promise<Point> {
  console.error(`  ${request.method} ${request.path}, ${at}, ${connections} connection${connections === 1 ? "" : "s"}`);
  const participants = contestants.map(({ name }) => ({
    ...{ name, plugin: name },
    job: { ...request, token: arena.token, path: `/v1/${name}${request.path}` },
  }));
  const rounds = await measure(arena, participants, connections, length);
  return {
    at,
    rounds,
    memory: Object.fromEntries(contestants.map(({ name }) => [name, memoryOf(arena.processOf(name))])),
  };
}

/** Mounts the KV plugin of each contestant under the contestant's name, and prepares the mount. */
export async function mountEach(
  { arena, contestants }: GrowthSetting,
  prepare: (path: string) => Promise<void> = async () => {},
): Promise<void> {
  for (const contestant of contestants) {
    const { name } = contestant;
    await arena.register(contestant, "kv", name);
    await prepare(await arena.mount(name, "kv", name));
  }
}

/** Powers of a number, from the first to the last that is wanted. */
export function powers(base: number, first: number, last: number): readonly number[] {
  return first > last ? [] : [first, ...powers(base, first * base, last)];
}
