/** What the compiler of a release puts in the place of this name; elsewhere there is no such name. */
declare const VAULTWRIGHT_BUILD: BuildStamp | undefined;

/** Where and when a released file was built. */
export interface BuildStamp {
  /** The revision of the sources. */
  readonly commit: string;
  /** The moment of the build, ISO 8601. */
  readonly date: string;
}

/** The stamp of this file, where it is a release. */
export const buildStamp: BuildStamp | undefined =
  typeof VAULTWRIGHT_BUILD === "undefined" ? undefined : VAULTWRIGHT_BUILD;

/** Writes a version for people: the version first, so that scripts can cut it off at the space. */
export function describeVersion(version: string, stamp: BuildStamp | undefined = buildStamp): string {
  return stamp === undefined ? version : `${version} (commit ${stamp.commit}, built ${stamp.date})`;
}
