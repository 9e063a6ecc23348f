/** Runs tasks, but only so many at the same time; the others wait in line. */
export interface Limiter {
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Makes a limiter for `parallel` tasks; with 1, tasks run strictly one after the other. */
export function createLimiter(parallel: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < parallel) {
      running += 1;
      return;
    }
    // Whoever leaves hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    async run(task, signal) {
      await enter();
      try {
        // A client that went away while it waited must not cost work.
        signal?.throwIfAborted();
        return await task();
      } finally {
        leave();
      }
    },
  };
}
