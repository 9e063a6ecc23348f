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

type Kind = keyof Locks;

/** Who holds a key, and who waits for it, in the order in which they came. */
interface Line {
  /** How much shared work runs. */
  shared: number;
  exclusive: boolean;
  readonly waiting: Waiter[];
}

interface Waiter {
  readonly kind: Kind;
  begin(): void;
}

/** Makes a set of locks, which belongs to one mount as its other state does. */
export function createLocks(): Locks {
  const lines = new Map<string, Line>();
  const of =
    (kind: Kind): Locks["exclusive"] =>
    async (keys, work, { signal } = {}) => {
      if (typeof keys === "string") return under(lines, kind, keys, work, signal);
      const sorted = [...new Set(keys)].sort();
      const inside = async () => work();
      return sorted.reduceRight((rest, key) => () => under(lines, kind, key, rest, signal), inside)();
    };
  return { exclusive: of("exclusive"), shared: of("shared") };
}

async function under<T>(
  lines: Map<string, Line>,
  kind: Kind,
  key: string,
  work: () => Promise<T> | T,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const line = lines.get(key) ?? { shared: 0, exclusive: false, waiting: [] };
  lines.set(key, line);
  // Most keys are free, and then there is nothing to wait for.
  if (line.waiting.length === 0 && isFree(line, kind)) take(line, kind);
  else await turnIn(line, kind, signal);
  try {
    return await work();
  } finally {
    if (kind === "exclusive") line.exclusive = false;
    else line.shared -= 1;
    callNext(line);
    if (line.shared === 0 && !line.exclusive) lines.delete(key);
  }
}

function isFree(line: Line, kind: Kind): boolean {
  return !line.exclusive && (kind === "shared" || line.shared === 0);
}

function take(line: Line, kind: Kind): void {
  if (kind === "exclusive") line.exclusive = true;
  else line.shared += 1;
}

/** Lets those begin that nothing stands in the way of any more. */
function callNext(line: Line): void {
  for (let next = line.waiting[0]; next && isFree(line, next.kind); next = line.waiting[0]) {
    line.waiting.shift();
    take(line, next.kind);
    next.begin();
  }
}

function turnIn(line: Line, kind: Kind, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiter = {
      kind,
      begin() {
        signal?.removeEventListener("abort", giveUp);
        resolve();
      },
    };
    const giveUp = () => {
      line.waiting.splice(line.waiting.indexOf(waiter), 1);
      reject(signal?.reason);
      // Those behind may have waited for nothing but this one.
      callNext(line);
    };
    line.waiting.push(waiter);
    signal?.addEventListener("abort", giveUp, { once: true });
  });
}
