import { present } from "../logical/present.ts";
import type { SpecialPaths } from "../logical/special-paths.ts";
import { checkOpenPaths } from "./check-open-paths.ts";
import { checkSpecialPaths } from "./check-special-paths.ts";
import type { Path } from "./path.ts";
import type { Stored } from "./stored.ts";

/** Gathers what the host must know of a plugin's paths and storage. */
export function collectSpecialPaths(plugin: {
  readonly paths: readonly Path[];
  readonly stored?: readonly Stored[];
  readonly specialPaths?: SpecialPaths;
}): SpecialPaths {
  const { paths, stored = [], specialPaths: given = {} } = plugin;
  const local = stored.filter((each) => each.local).map((each) => each.key);
  const sealWrapped = stored.filter((each) => each.sealWrap).map((each) => each.key);
  const special = present({
    root: withoutHiding([...(given.root ?? []), ...paths.flatMap((path) => path.root)]),
    unauthenticated: withoutHiding([
      ...(given.unauthenticated ?? []),
      ...paths.flatMap((path) => path.unauthenticated),
    ]),
    localStorage: once([...(given.localStorage ?? []), ...local]),
    sealWrapStorage: once([...(given.sealWrapStorage ?? []), ...sealWrapped]),
    writeForwardedStorage: given.writeForwardedStorage,
    binary: given.binary && withoutHiding(given.binary),
    limited: given.limited && withoutHiding(given.limited),
    allowSnapshotRead: given.allowSnapshotRead && withoutHiding(given.allowSnapshotRead),
  });
  checkSpecialPaths(special);
  checkOpenPaths(paths);
  return special;
}

function once(entries: readonly string[]): readonly string[] {
  return [...new Set(entries)];
}

/**
 * Leaves out an exact entry within a prefix entry: hosts look at the longest entry only, so `a/b` beside `a/*` would make
 * the path `a/bc` an ordinary one.
 */
function withoutHiding(entries: readonly string[]): readonly string[] {
  const prefixes = entries
    .filter((entry) => entry.endsWith("*") && !entry.includes("+"))
    .map((entry) => entry.slice(0, -1));
  return once(entries).filter((entry) => entry.endsWith("*") || !prefixes.some((prefix) => entry.startsWith(prefix)));
}
