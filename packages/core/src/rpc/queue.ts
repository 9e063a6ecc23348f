/** A stream that is filled from outside and read by one reader. */
export interface Queue<T> extends AsyncIterable<T> {
  /** Whether the reader waits for the next value. */
  readonly isAwaited: boolean;
  push(value: T): void;
  /** Ends the stream after what was pushed. */
  end(): void;
  /** Ends the stream with an error after what was pushed. */
  fail(error: unknown): void;
}

interface Waiting<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

/** Places of values that were read and are not removed yet. */
const maxRead = 4096;

/** Makes a queue; `onRead` is called whenever the reader finds it empty, so that a source can be paused in between. */
export function createQueue<T>(onRead?: () => void): Queue<T> {
  const values: (T | undefined)[] = [];
  /** Where the next value is; those before were read. */
  let head = 0;
  let waiting: Waiting<T> | undefined;
  let ended: { readonly error?: unknown } | undefined;

  function finish(end: { readonly error?: unknown }): void {
    if (ended) return;
    ended = end;
    const reader = waiting;
    waiting = undefined;
    if (reader) settle(reader, end);
  }

  function settle(reader: Waiting<T>, end: { readonly error?: unknown }): void {
    if ("error" in end) reader.reject(end.error);
    else reader.resolve({ done: true, value: undefined });
  }

  /** Takes the next value. `shift` would move all others for each, and a reader may be a hundred thousand behind. */
  function take(): T | undefined {
    const value = values[head];
    if (value === undefined) return undefined;
    values[head] = undefined;
    head += 1;
    if (head < values.length && head < maxRead) return value;
    values.splice(0, head);
    head = 0;
    return value;
  }

  const iterator: AsyncIterator<T, undefined> = {
    next() {
      const value = take();
      if (value !== undefined) return Promise.resolve({ done: false, value });
      return new Promise((resolve, reject) => {
        if (ended) return settle({ resolve, reject }, ended);
        waiting = { resolve, reject };
        onRead?.();
      });
    },
    return() {
      values.length = 0;
      head = 0;
      finish({});
      return Promise.resolve({ done: true, value: undefined });
    },
  };

  return {
    get isAwaited() {
      return waiting !== undefined;
    },
    push(value) {
      if (ended) return;
      const reader = waiting;
      waiting = undefined;
      if (reader) reader.resolve({ done: false, value });
      else values.push(value);
    },
    end: () => finish({}),
    fail: (error) => finish({ error }),
    [Symbol.asyncIterator]: () => iterator,
  };
}
