/** Keeps the newest of what happens, for those who look now and those who wait for more. */
export interface Feed<T> {
  add(item: T): void;
  /** Gives what was added after a position, the oldest first. */
  after(position: number): Batch<T>;
  /** Calls back at each addition, until the function that it gives is called. */
  watch(listener: () => void): () => void;
}

/** A part of a feed. */
export interface Batch<T> {
  readonly items: readonly T[];
  /** Where the next batch begins. */
  readonly position: number;
  /** How many were dropped before they could be in this batch. */
  readonly missed: number;
}

/** Makes a feed that holds so many items and forgets the oldest for a new one. */
export function createFeed<T>(capacity: number): Feed<T> {
  const kept: T[] = [];
  const listeners = new Set<() => void>();
  let added = 0;
  return {
    add(item) {
      kept[added % capacity] = item;
      added += 1;
      for (const listener of listeners) listener();
    },
    after(position) {
      const first = Math.max(position, added - kept.length);
      const oldest = added % capacity;
      const inOrder = kept.length < capacity ? kept : [...kept.slice(oldest), ...kept.slice(0, oldest)];
      return {
        items: inOrder.slice(inOrder.length - (added - first)),
        position: added,
        missed: first - position,
      };
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
