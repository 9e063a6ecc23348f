/** Runs tasks one after the other, in the order in which they were given. */
export function createLock(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    // The next task does not care how this one ended.
    last = result.catch(() => {});
    return result;
  };
}
