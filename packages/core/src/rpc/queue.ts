/** A stream that is filled from outside and read by one reader. */
export interface Queue<T> extends AsyncIterable<T> {
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

/** Makes a queue; `onRead` is called whenever the reader finds it empty, so that a source can be paused in between. */
export function createQueue<T>(onRead?: () => void): Queue<T> {
  const values: T[] = [];
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

  const iterator: AsyncIterator<T, undefined> = {
    next() {
      const value = values.shift();
      if (value !== undefined) return Promise.resolve({ done: false, value });
      return new Promise((resolve, reject) => {
        if (ended) return settle({ resolve, reject }, ended);
        waiting = { resolve, reject };
        onRead?.();
      });
    },
    return() {
      values.length = 0;
      finish({});
      return Promise.resolve({ done: true, value: undefined });
    },
  };

  return {
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
