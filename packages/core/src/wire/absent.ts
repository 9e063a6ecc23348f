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

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out the members that are undefined, because the nouns say "absent" by not having the member. */
export function present<const T extends object>(shape: T): Present<T> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Present<T>;
}
