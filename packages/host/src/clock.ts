/** Tells the time and wakes sleepers. Tests inject one that they turn themselves. */
export interface Clock {
  now(): Date;
  /** Calls back once when the time has come, unless cancelled before. The wait does not keep the process alive. */
  at(time: Date, callback: () => void): Cancel;
}

/** Takes back a wish; harmless when it came true already. */
export type Cancel = () => void;

// A longer wait overflows Node's timers, which then fire at once; lease lifetimes of 32 days are longer.
const longestWaitMs = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  at(time, callback) {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const remainingMs = time.getTime() - Date.now();
      timer =
        remainingMs > longestWaitMs ? setTimeout(wait, longestWaitMs) : setTimeout(callback, Math.max(remainingMs, 0));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};
