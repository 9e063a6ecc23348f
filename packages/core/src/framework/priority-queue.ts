/** Something in a priority queue. */
export interface QueueItem<out T> {
  readonly key: string;
  /** The lowest comes first, for instance the time at which something is due. */
  readonly priority: number;
  readonly value: T;
}

/** Items in the order of their priorities, each under its own key. */
export interface PriorityQueue<T> {
  readonly length: number;
  /** Adds an item; a key that is there already is refused. */
  push(item: QueueItem<T>): void;
  /** Takes the first item out; undefined where there is none. */
  pop(): QueueItem<T> | undefined;
  /** Takes the item of a key out; undefined where there is none. */
  popByKey(key: string): QueueItem<T> | undefined;
}

/** Makes an empty queue. */
export function createPriorityQueue<T>(): PriorityQueue<T> {
  // No heap: few items are due at a time, and looking through thousands for each takes less than rotating one.
  const items = new Map<string, QueueItem<T>>();
  const take = (item: QueueItem<T> | undefined) => {
    if (item) items.delete(item.key);
    return item;
  };
  return {
    get length() {
      return items.size;
    },
    push(item) {
      if (item.key === "") throw new Error("error adding item: Item Key is required");
      if (items.has(item.key)) throw new Error("duplicate item");
      items.set(item.key, { ...item });
    },
    pop: () => take(firstOf(items.values())),
    popByKey: (key) => take(items.get(key)),
  };
}

function firstOf<T>(items: Iterable<QueueItem<T>>): QueueItem<T> | undefined {
  let first: QueueItem<T> | undefined;
  for (const item of items) if (!first || item.priority < first.priority) first = item;
  return first;
}
