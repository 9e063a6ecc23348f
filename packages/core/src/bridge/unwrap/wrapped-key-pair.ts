import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { pemOf } from "../../rpc/self-signed.ts";
import type { ClientTls } from "../../rpc/tls.ts";

/**
 * Makes TLS settings of what a host has wrapped: one certificate with its key, which both sides show and both trust.
 *
 * The key comes as SEC 1, which has a PEM label of its own, and is handed on as PKCS #8. No error here has a cause, since a parser's text may quote what it was given.
 */
export function tlsOfWrapped(body: string): ClientTls {
  const { ServerCert, ServerKey } = dataOf(body);
  const certificateDer = bytesOf(ServerCert, "certificate");
  const keyDer = bytesOf(ServerKey, "private key");
  const certificate = attempt("certificate", () => new X509Certificate(certificateDer));
  const key = attempt("private key", () => createPrivateKey({ key: keyDer, format: "der", type: "sec1" }));
  if (!certificate.checkPrivateKey(key)) throw new TypeError("the unwrapped private key is not the certificate's");
  const pem = pemOf(certificateDer);
  return { identity: { certificate: pem, key: pemOfKey(key) }, trusted: pem, serverName: commonNameOf(certificate) };
}

function dataOf(body: string): { readonly ServerCert?: unknown; readonly ServerKey?: unknown } {
  const parsed = attempt("answer", (): unknown => JSON.parse(body));
  const data = typeof parsed === "object" && parsed !== null && "data" in parsed ? parsed.data : undefined;
  if (typeof data !== "object" || data === null) throw new TypeError("the unwrapped answer has no data");
  return data;
}

function bytesOf(value: unknown, what: string): Buffer {
  const bytes = Buffer.from(typeof value === "string" ? value : "", "base64");
  // Node takes other alphabets and lost padding for base64, too.
  if (bytes.length === 0 || bytes.toString("base64") !== value) {
    throw new TypeError(`the unwrapped ${what} is not base64`);
  }
  return bytes;
}

function attempt<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new TypeError(`the unwrapped ${what} cannot be read`);
  }
}

function pemOfKey(key: KeyObject): string {
  return key.export({ format: "pem", type: "pkcs8" }).toString();
}

function commonNameOf({ subject }: X509Certificate): string {
  const [, name] = /^CN=(.+)$/m.exec(subject) ?? [];
  if (name === undefined) throw new TypeError("the unwrapped certificate has no common name");
  return name;
}
