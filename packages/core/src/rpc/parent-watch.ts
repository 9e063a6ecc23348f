const intervalMs = 1000;

/** Calls back when the process that started this one is gone. Looking out for it does not keep the process alive. */
export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    // An orphan is given to another process.
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, intervalMs);
  timer.unref();
}
