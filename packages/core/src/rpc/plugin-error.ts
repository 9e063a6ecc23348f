/** What can go wrong between a plugin and its host, by code; docs/errors.md says what to do about each. */
export const pluginErrorCodes = [
  "transport-unknown",
  "socket-directory-unusable",
  "socket-path-too-long",
  "socket-group-unknown",
  "socket-permissions",
  "port-range-invalid",
  "no-free-port",
  "listen-failed",
  "multiplexing-unsupported",
  "tls-provider-failed",
  "spawn-failed",
  "exited-before-handshake",
  "start-timeout",
  "start-cancelled",
  "handshake-unrecognized",
  "handshake-core-version",
  "handshake-version",
  "handshake-network",
  "handshake-protocol",
  "handshake-certificate",
  "connect-failed",
] as const;

/** Says which of the known failures happened; it stays the same when the text changes. */
export type PluginErrorCode = (typeof pluginErrorCodes)[number];

/** A failure of the machinery that joins plugin and host. */
export class PluginError extends Error {
  override readonly name: string = "PluginError";
  readonly code: PluginErrorCode;

  constructor(code: PluginErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
