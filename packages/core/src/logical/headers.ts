/** HTTP headers in the spelling in which they came, each with all its values. */
export type HeaderMap = ReadonlyMap<string, readonly string[]>;

/** Gives the values of a header without regard to case; an absent header has none. */
export function headerValues(headers: HeaderMap | undefined, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  for (const [key, values] of headers ?? []) if (key.toLowerCase() === wanted) return values;
  return [];
}
