import { type Backend, secretsEngine } from "@vaultwright/core";
import { lease } from "./lease.ts";
import { type KvV1Options, secretPath } from "./secret-path.ts";

/** Makes version 1 of the key/value engine: each path holds one object, and nothing is remembered of older ones. */
export function kvV1(options: KvV1Options): Backend {
  return secretsEngine({
    help: "Keeps objects, each under a path. Writing replaces the whole object.",
    paths: [secretPath(options)],
    // Always there, so that leases from a time when the mount handed them out can still be renewed and revoked.
    secrets: [lease],
    specialPaths: { sealWrapStorage: ["*"], allowSnapshotRead: ["*"] },
  });
}
