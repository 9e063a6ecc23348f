/** Paths and storage keys that the host treats specially. All are relative to the mount. */
export interface SpecialPaths {
  /** Request paths that need the `sudo` capability: exact, or a prefix with a trailing `*`. */
  readonly root?: readonly string[];
  /** Request paths that need no token: exact, trailing `*` for a prefix, `+` for one whole segment. */
  readonly unauthenticated?: readonly string[];
  /** Storage prefixes that are not replicated. */
  readonly localStorage?: readonly string[];
  /** Storage keys, or prefixes with a trailing slash, that are sealed once more. */
  readonly sealWrapStorage?: readonly string[];
  /** Vault Enterprise only: storage keys whose writes the primary cluster gets; each contains `{{clusterId}}`. */
  readonly writeForwardedStorage?: readonly string[];
  /** Vault only: request paths whose bodies are no JSON, written as `unauthenticated` ones. No host passes them on yet. */
  readonly binary?: readonly string[];
  /** Vault only: request paths that the server's limiter of requests watches, written as `unauthenticated` ones. */
  readonly limited?: readonly string[];
  /** Vault only: request paths that may be read from a snapshot, written as `unauthenticated` ones. */
  readonly allowSnapshotRead?: readonly string[];
}
