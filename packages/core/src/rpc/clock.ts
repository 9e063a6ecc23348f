/** Runs something later; tests bring their own. */
export interface Clock {
  /** Calls back after so long, and gives what calls it off. */
  after(delayMs: number, run: () => void): () => void;
}

/** The time of the machine. Waiting for it does not keep the process alive. */
export const systemClock: Clock = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
