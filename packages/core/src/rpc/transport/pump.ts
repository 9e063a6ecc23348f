/** Sends a message; where it gives a promise, the next one is sent after that. */
export type Send = (message: Uint8Array) => Promise<void> | undefined;

/** Sends messages, no faster than the peer takes them, until they end or the signal aborts. */
export async function pump(messages: AsyncIterable<Uint8Array>, send: Send, signal: AbortSignal): Promise<void> {
  const iterator = messages[Symbol.asyncIterator]();
  for (;;) {
    const message = await unlessAborted(iterator.next(), signal);
    if (message === undefined || message.done) break;
    const taken = send(message.value);
    if (taken) await unlessAborted(taken, signal);
  }
  // Not awaited: a generator that waits for something answers only when that happens.
  if (signal.aborted) iterator.return?.()?.catch(() => {});
}

/** Waits for a result, or until the signal aborts; then there is none. */
function unlessAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      result.catch(() => {});
      return resolve(undefined);
    }
    const stop = () => resolve(undefined);
    signal.addEventListener("abort", stop, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
