import type { Arena } from "./arena.ts";
import type { ContestantName } from "./contestants.ts";
import type { Job } from "./load.ts";
import { parentOf, processorTime } from "./processor-time.ts";

/** What one contestant did in one round. Times are microseconds. */
export interface Slot {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of a request: of the plugin, and of the server. */
  readonly plugin: number;
  readonly server: number;
}

/** The rounds of one measurement, for each contestant. */
export type Rounds = Readonly<Partial<Record<ContestantName, readonly Slot[]>>>;

/** A contestant that takes part: its process and what is sent to it. */
export interface Participant {
  readonly name: ContestantName;
  /** The name under which its plugin is registered. */
  readonly plugin: string;
  readonly job: Omit<Job, "connections" | "milliseconds">;
}

/** How long it is measured. */
export interface Length {
  readonly rounds: number;
  readonly slotMs: number;
}

/**
 * A JavaScript engine compiles what is called often, in several steps; a server that has run for a minute is past them. Slow operations
 * end earlier, after so many slots.
 */
const warmUp = { requests: 10_000, slots: 6 };

/**
 * Measures contestants in short rounds, one after the other in each, so that whatever disturbs the machine disturbs all of
 * them. The first round is longer, warms up, and is not counted; the order turns from round to round.
 */
export async function measure(
  arena: Arena,
  participants: readonly Participant[],
  connections: number,
  { rounds, slotMs }: Length,
): Promise<Rounds> {
  const slots = new Map<ContestantName, Slot[]>(participants.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    const first = (round + 1) % participants.length;
    for (const { name, plugin, job } of [...participants.slice(first), ...participants.slice(0, first)]) {
      const isWarmUp = round < 0;
      const length = isWarmUp
        ? { requests: warmUp.requests, milliseconds: slotMs * warmUp.slots }
        : { milliseconds: slotMs };
      const slot = await measureSlot(arena, plugin, { ...job, connections, ...length });
      if (!isWarmUp) slots.get(name)?.push(slot);
    }
  }
  return Object.fromEntries(slots);
}

async function measureSlot(arena: Arena, plugin: string, job: Job): Promise<Slot> {
  const pid = arena.processOf(plugin);
  const server = parentOf(pid);
  const before = [processorTime(pid), processorTime(server)] as const;
  const { requests, seconds, p50, p99 } = await arena.load.run(job);
  const perRequest = (now: number, then: number): number => (now - then) / requests;
  return {
    ...{ requests, requestsPerSecond: requests / seconds, p50, p99 },
    plugin: perRequest(processorTime(pid), before[0]),
    server: perRequest(processorTime(server), before[1]),
  };
}
