/** How many requests one client may make in an interval. Times are seconds. */
export interface RateQuota {
  readonly name: string;
  /** Path of a mount; empty for a quota of the whole server. */
  readonly mountPath: string;
  /** Path within the mount, which may end in `*`. */
  readonly pathSuffix: string;
  /** Only logins of this role count; empty for all. */
  readonly role: string;
  readonly rate: number;
  readonly interval: number;
  /** How long a client that made too many is refused altogether. */
  readonly blockInterval: number;
  readonly isInheritable: boolean;
}

/** What a request is, as far as quotas are concerned. */
export interface CountedRequest {
  readonly path: string;
  readonly mountPath: string;
  readonly role: string;
  readonly address: string;
}

/** Finds the quota that a request counts for: the one that says most of it. */
export function quotaFor(quotas: readonly RateQuota[], request: CountedRequest): RateQuota | undefined {
  const { mountPath, role } = request;
  const suffix = request.path.slice(mountPath.length).replace(/\/$/, "");
  const ofMount = quotas.filter((quota) => quota.mountPath === mountPath);
  const ofPath = ofMount.filter((quota) => quota.pathSuffix !== "" && matchesSuffix(quota.pathSuffix, suffix));
  const [closest] = ofPath.sort((a, b) => closeness(b) - closeness(a));
  return (
    (role === "" ? undefined : ofMount.find((quota) => quota.role === role)) ??
    closest ??
    ofMount.find((quota) => quota.role === "" && quota.pathSuffix === "") ??
    quotas.find((quota) => quota.mountPath === "")
  );
}

function matchesSuffix(pattern: string, suffix: string): boolean {
  return pattern.endsWith("*") ? suffix.startsWith(pattern.slice(0, -1)) : pattern === suffix;
}

/** A path without a star is closer than any with one. */
function closeness({ pathSuffix }: RateQuota): number {
  return pathSuffix.endsWith("*") ? pathSuffix.length : Number.POSITIVE_INFINITY;
}
