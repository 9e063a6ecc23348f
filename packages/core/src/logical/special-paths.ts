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
  readonly writeForwardedStorage?: readonly string[];
  /** Vault only. */
  readonly binary?: readonly string[];
  /** Vault only. */
  readonly limited?: readonly string[];
  /** Vault only. */
  readonly allowSnapshotRead?: readonly string[];
}
