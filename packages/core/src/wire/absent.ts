/** Reads a scalar of proto3, where zero and absent are the same. */
export function nonZero<T extends string | number | bigint | boolean>(value: T): T | undefined {
  return value || undefined;
}

/** Reads a repeated field, where empty and absent are the same. */
export function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** Reads a map field, where empty and absent are the same. */
export function nonEmptyMap<K, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> | undefined {
  return map.size === 0 ? undefined : map;
}
