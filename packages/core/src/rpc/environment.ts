/** What the host tells a plugin by its environment. */
export interface PluginEnvironment {
  /** Versions of the application protocol that the host accepts. */
  readonly versions: readonly number[];
  /** Items of the host's list that are no numbers. */
  readonly invalidVersions: readonly string[];
  /** The host's certificate, PEM; present when the host wants AutoMTLS. */
  readonly clientCertificate: string | undefined;
  /** First and last port for TCP, as given; only a TCP listener looks at them. */
  readonly minPort: string;
  readonly maxPort: string;
  readonly socketDirectory: string | undefined;
  /** Name or number of the group that gets access to sockets. */
  readonly socketGroup: string | undefined;
  /** Whether the handshake line has its seventh member. */
  readonly announceMultiplexing: boolean;
  /** Whether all connections share one socket. */
  readonly multiplexing: boolean;
  /** The process only describes itself, in plain text, and is then stopped. */
  readonly metadataMode: boolean;
  readonly autoMtls: boolean;
  readonly hostVersion: string;
  /** The prefix under which the version was found, which tells the host's family. */
  readonly hostPrefix: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment once.
 *
 * Besides go-plugin's own variables, a family of hosts has some under a prefix; where several prefixes are given, the
 * first under which a variable is present counts, even when it is empty there (openbao, api/env.go).
 */
export function parseEnvironment(variables: Variables, prefixes: readonly string[] = []): PluginEnvironment {
  const own = (name: string) => variables[name] || undefined;
  const prefixed = (name: string) => prefixes.map((prefix) => variables[prefix + name]).find((it) => it !== undefined);
  const items = (variables["PLUGIN_PROTOCOL_VERSIONS"] ?? "").split(",").filter((item) => item !== "");
  return {
    versions: items.filter(isInteger).map(Number),
    invalidVersions: items.filter((item) => !isInteger(item)),
    clientCertificate: own("PLUGIN_CLIENT_CERT"),
    minPort: variables["PLUGIN_MIN_PORT"] ?? "",
    maxPort: variables["PLUGIN_MAX_PORT"] ?? "",
    socketDirectory: own("PLUGIN_UNIX_SOCKET_DIR"),
    socketGroup: own("PLUGIN_UNIX_SOCKET_GROUP"),
    announceMultiplexing: own("PLUGIN_MULTIPLEX_GRPC") !== undefined,
    multiplexing: trueInGo.has(variables["PLUGIN_MULTIPLEX_GRPC"] ?? ""),
    metadataMode: prefixed("PLUGIN_METADATA_MODE") === "true",
    autoMtls: prefixed("PLUGIN_AUTOMTLS_ENABLED") === "true",
    hostVersion: prefixed("VERSION") ?? "",
    hostPrefix: prefixes.find((prefix) => variables[`${prefix}VERSION`] !== undefined),
  };
}

const trueInGo: ReadonlySet<string> = new Set(["1", "t", "T", "TRUE", "true", "True"]);

function isInteger(text: string): boolean {
  return /^[+-]?\d+$/.test(text);
}

/** Chooses the highest version that both sides have, or else our lowest: the host then reports the mismatch itself. */
export function negotiateVersion(own: Iterable<number>, accepted: readonly number[]): number {
  const descending = [...own].sort((a, b) => b - a);
  const version = descending.find((candidate) => accepted.includes(candidate)) ?? descending.at(-1);
  if (version === undefined) throw new TypeError("a plugin needs at least one protocol version");
  return version;
}
