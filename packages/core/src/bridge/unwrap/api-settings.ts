import type { ApiFlags } from "./api-flags.ts";
import { parseGoBoolean, parseGoDuration } from "./go-values.ts";

/** How to reach the host's API. */
export interface ApiSettings {
  readonly caFile?: string | undefined;
  /** A directory whose files are all certificates to trust; counts where there is no file. */
  readonly caDirectory?: string | undefined;
  readonly clientCertificateFile?: string | undefined;
  readonly clientKeyFile?: string | undefined;
  readonly isVerified: boolean;
  readonly serverName?: string | undefined;
  readonly namespace?: string | undefined;
  readonly timeoutMs: number;
  readonly maxRetries: number;
}

type Variables = Readonly<Record<string, string | undefined>>;

const defaultTimeoutMs = 60_000;
const defaultMaxRetries = 2;

/**
 * Reads the settings of the API's ordinary client, OpenBao's names before Vault's, and lets flags replace them.
 *
 * A flag for certificates replaces both settings for certificates, and the two of the client replace each other only
 * together; verification can be switched off by either (openbao, api/plugin_helpers.go and api/client.go).
 */
export function apiSettings(variables: Variables, flags: ApiFlags = {}): ApiSettings {
  const own = (name: string) => (variables[`BAO_${name}`] ?? variables[`VAULT_${name}`]) || undefined;
  const authorities =
    flags.caFile === undefined && flags.caDirectory === undefined
      ? { caFile: own("CACERT"), caDirectory: own("CAPATH") }
      : { caFile: flags.caFile, caDirectory: flags.caDirectory };
  const client =
    flags.clientCertificateFile === undefined && flags.clientKeyFile === undefined
      ? { clientCertificateFile: own("CLIENT_CERT"), clientKeyFile: own("CLIENT_KEY") }
      : { clientCertificateFile: flags.clientCertificateFile, clientKeyFile: flags.clientKeyFile };
  if ((client.clientCertificateFile === undefined) !== (client.clientKeyFile === undefined)) {
    throw new TypeError("both client cert and client key must be provided");
  }
  const skipsVerification = read("SKIP_VERIFY", own("SKIP_VERIFY"), parseGoBoolean) ?? false;
  return {
    ...authorities,
    ...client,
    isVerified: !(skipsVerification || flags.skipsVerification),
    serverName: flags.serverName ?? own("TLS_SERVER_NAME"),
    namespace: own("NAMESPACE"),
    timeoutMs: read("CLIENT_TIMEOUT", own("CLIENT_TIMEOUT"), parseGoDuration) ?? defaultTimeoutMs,
    maxRetries: read("MAX_RETRIES", own("MAX_RETRIES"), parseCount) ?? defaultMaxRetries,
  };
}

function read<T>(name: string, text: string | undefined, parse: (text: string) => T | undefined): T | undefined {
  if (text === undefined) return undefined;
  const value = parse(text);
  if (value === undefined) throw new TypeError(`could not parse VAULT_${name}`);
  return value;
}

function parseCount(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
