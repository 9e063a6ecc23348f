import { type Secret, type Version, versionNumbers, withoutValues } from "./secret.ts";

const defaultLimit = 10;

/** A secret with one more version, and the numbers that had to go for it. */
export interface Grown {
  readonly secret: Secret;
  readonly dropped: readonly number[];
}

/** How many versions are kept: the larger limit holds, that of the mount or the secret's own. */
export function versionLimit(own: number, mount: number): number {
  return Math.max(own, mount) || defaultLimit;
}

/** Adds a version to a secret and moves its window. */
export function addVersion(secret: Secret, version: Version, mountLimit: number): Grown {
  const limit = versionLimit(secret.maxVersions, mountLimit);
  const current = secret.currentVersion + 1;
  const isFull = current - secret.oldestVersion >= limit;
  const oldest = isFull ? current - limit + 1 : secret.oldestVersion;
  const dropped = versionNumbers(secret).filter((number) => number < oldest);
  const versions: Secret["versions"] = { ...secret.versions, [current]: version };
  const kept = Object.entries(versions).filter(([number]) => Number(number) >= oldest);
  return {
    dropped,
    secret: {
      ...secret,
      currentVersion: current,
      oldestVersion: oldest,
      versions: Object.fromEntries(kept),
      values: withoutValues(secret, dropped),
    },
  };
}
