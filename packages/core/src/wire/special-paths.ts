import type { Paths } from "../gen/pb/backend.ts";
import { present } from "../logical/present.ts";
import type { SpecialPaths } from "../logical/special-paths.ts";
import { nonEmpty } from "./absent.ts";

/** Gives special paths as a message, and none when there are none. */
export function specialPathsToWire(paths: SpecialPaths = {}): Paths | undefined {
  const message: Paths = {
    root: paths.root ?? [],
    unauthenticated: paths.unauthenticated ?? [],
    localStorage: paths.localStorage ?? [],
    sealWrapStorage: paths.sealWrapStorage ?? [],
    writeForwardedStorage: paths.writeForwardedStorage ?? [],
    binary: paths.binary ?? [],
    limited: paths.limited ?? [],
    allowSnapshotRead: paths.allowSnapshotRead ?? [],
  };
  return Object.values(message).some((list) => list.length > 0) ? message : undefined;
}

/** Reads special paths. */
export function specialPathsFromWire(paths: Paths | undefined): SpecialPaths {
  if (paths === undefined) return {};
  return present({
    root: nonEmpty(paths.root),
    unauthenticated: nonEmpty(paths.unauthenticated),
    localStorage: nonEmpty(paths.localStorage),
    sealWrapStorage: nonEmpty(paths.sealWrapStorage),
    writeForwardedStorage: nonEmpty(paths.writeForwardedStorage),
    binary: nonEmpty(paths.binary),
    limited: nonEmpty(paths.limited),
    allowSnapshotRead: nonEmpty(paths.allowSnapshotRead),
  });
}
