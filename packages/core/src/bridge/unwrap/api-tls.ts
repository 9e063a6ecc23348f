import { readdirSync, readFileSync, statSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { join } from "node:path";
import * as tls from "node:tls";
import type { ApiSettings } from "./api-settings.ts";

/** Makes the TLS options of a request to the host's API. */
export function apiTls(settings: ApiSettings): RequestOptions {
  const { clientCertificateFile, clientKeyFile, isVerified, serverName } = settings;
  return {
    minVersion: "TLSv1.2",
    ca: authorities(settings),
    rejectUnauthorized: isVerified,
    ...(clientCertificateFile && { cert: readFileSync(clientCertificateFile) }),
    ...(clientKeyFile && { key: readFileSync(clientKeyFile) }),
    ...(serverName && { servername: serverName }),
  };
}

function authorities({ caFile, caDirectory }: ApiSettings): string[] {
  if (caFile) return [readFileSync(caFile, "utf8")];
  if (caDirectory) return filesBelow(caDirectory).map((file) => readFileSync(file, "utf8"));
  // Go programs trust what the system trusts; the two runtimes bring a list of their own, and old ones know no other.
  return [...tls.rootCertificates, ...(tls.getCACertificates?.("system") ?? [])];
}

function filesBelow(directory: string): readonly string[] {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return names.map((name) => join(directory, name)).filter((file) => statSync(file).isFile());
}
