/** What a request gives under the present name of a field and under its older one; also what becomes of both. */
export interface Renamed<T> {
  readonly old: T | undefined;
  readonly new: T | undefined;
}

/** Describes the older name of a field in favour of the present one. */
export function deprecationText(name: string): string {
  return `Use "${name}" instead. If this and "${name}" are both specified, only "${name}" will be used.`;
}

/**
 * Decides between the two names of a renamed field. The older name is kept and shown while requests use it: with it
 * alone both take its value, with both the present name counts, and the present name alone makes the older one unset.
 */
export function upgradeValue<T>(given: Renamed<T>, storedOld: T | undefined): Renamed<T> {
  if (given.new !== undefined) return { old: given.old === undefined ? undefined : given.new, new: given.new };
  if (given.old !== undefined) return { old: given.old, new: given.old };
  return { old: storedOld, new: undefined };
}
