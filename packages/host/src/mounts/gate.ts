/** Lets requests through together, and stops them while something must be alone. */
export interface Gate {
  /** Runs a request, after waiting for what is alone. */
  pass<T>(request: () => Promise<T>): Promise<T>;
  /** Runs alone: after all requests that are under way, and before all that come later. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** Makes the gate of a mount. */
export function createGate(): Gate {
  let closed: Promise<void> = Promise.resolve();
  const inside = new Set<Promise<unknown>>();
  return {
    async pass(request) {
      let seen: Promise<void>;
      do {
        seen = closed;
        await seen;
      } while (seen !== closed);
      const running = request();
      inside.add(running);
      try {
        return await running;
      } finally {
        inside.delete(running);
      }
    },
    async alone(work) {
      const before = closed;
      const { promise, resolve } = Promise.withResolvers<void>();
      closed = before.then(() => promise);
      await before;
      try {
        await Promise.allSettled(inside);
        return await work();
      } finally {
        resolve();
      }
    },
  };
}
