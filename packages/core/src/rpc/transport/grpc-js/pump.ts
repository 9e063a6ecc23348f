import type { Writable } from "node:stream";

/** Writes messages to a call, no faster than the peer takes them, until they end or the signal aborts. */
export async function pump(messages: AsyncIterable<Uint8Array>, call: Writable, signal: AbortSignal): Promise<void> {
  const iterator = messages[Symbol.asyncIterator]();
  for (;;) {
    const message = await nextOf(iterator, signal);
    if (message === undefined) break;
    if (!call.write(message)) await drained(call, signal);
  }
  // Not awaited: a generator that waits for something answers only when that happens.
  if (signal.aborted) iterator.return?.()?.catch(() => {});
}

function nextOf(iterator: AsyncIterator<Uint8Array>, signal: AbortSignal): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve(undefined);
    const stop = () => resolve(undefined);
    signal.addEventListener("abort", stop, { once: true });
    iterator
      .next()
      .then((next) => resolve(next.done ? undefined : next.value), reject)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}

function drained(call: Writable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      call.off("drain", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    call.once("drain", done);
    signal.addEventListener("abort", done, { once: true });
  });
}
