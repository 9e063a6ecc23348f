/** The numbers of streams that ended last. */
export interface RecentIds {
  add(streamId: number): void;
  has(streamId: number): boolean;
}

/** Makes a memory for so many numbers; the oldest makes room for the next. */
export function createRecentIds(size: number): RecentIds {
  const ids = new Set<number>();
  return {
    add(streamId) {
      ids.add(streamId);
      const [oldest] = ids;
      if (ids.size > size && oldest !== undefined) ids.delete(oldest);
    },
    has: (streamId) => ids.has(streamId),
  };
}
