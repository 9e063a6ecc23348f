/** Options of a wait for a lock. */
export interface LockOptions {
  /** Gives up the wait; work that has begun goes on. */
  readonly signal?: AbortSignal;
}

/**
 * Locks by key, for work that reads, changes and writes back. Whoever comes first is first; several keys are taken in one
 * order, so that two that want the same never wait for each other. Work must not take a lock that it holds already.
 */
export interface Locks {
  /** Runs work while nothing else runs under these keys. */
  exclusive<T>(keys: string | readonly string[], work: () => Promise<T> | T, options?: LockOptions): Promise<T>;
  /** Runs work while nothing exclusive runs under these keys. */
  shared<T>(keys: string | readonly string[], work: () => Promise<T> | T, options?: LockOptions): Promise<T>;
}

interface Line {
  /** Ends with the last exclusive work. */
  exclusive: Promise<unknown>;
  /** Ends with all work, shared and exclusive. */
  all: Promise<unknown>;
  length: number;
}

/** Makes a set of locks, which belongs to one mount as its other state does. */
export function createLocks(): Locks {
  const lines = new Map<string, Line>();
  const of =
    (kind: keyof Locks): Locks["exclusive"] =>
    (keys, work, { signal } = {}) => {
      const sorted = [...new Set([keys].flat())].sort();
      const inside = async () => work();
      return sorted.reduceRight((rest, key) => () => under(lines, kind, key, rest, signal), inside)();
    };
  return { exclusive: of("exclusive"), shared: of("shared") };
}

async function under<T>(
  lines: Map<string, Line>,
  kind: keyof Locks,
  key: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const line = lines.get(key) ?? { exclusive: Promise.resolve(), all: Promise.resolve(), length: 0 };
  lines.set(key, line);
  line.length += 1;
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const turn = kind === "exclusive" ? line.all : line.exclusive;
  const end = both(turn, held);
  line.all = both(line.all, end);
  if (kind === "exclusive") line.exclusive = line.all;
  try {
    await waitFor(turn, signal);
    return await work();
  } finally {
    release();
    line.length -= 1;
    if (line.length === 0) lines.delete(key);
  }
}

/** Waits for two without keeping their values: in a line that is never empty, each would keep those before it for ever. */
async function both(one: Promise<unknown>, other: Promise<unknown>): Promise<void> {
  await Promise.all([one, other]);
}

async function waitFor(turn: Promise<unknown>, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal?.reason);
  signal?.addEventListener("abort", giveUp);
  try {
    await Promise.race([turn, givenUp]);
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}
