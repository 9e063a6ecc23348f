// x509 resolves its parts through reflection, which this must have set up before.
import "reflect-metadata";
import { createPrivateKey, randomUUID, webcrypto } from "node:crypto";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** A certificate with its key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that a host hands over through its API. */
export interface WrappedKeyPair extends KeyPair {
  /** Its only name, a UUID. */
  readonly name: string;
  /** What the API gives for the unwrap token. */
  readonly data: { readonly ServerCert: string; readonly ServerKey: string };
}

const forBoth = KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment | KeyUsageFlags.keyAgreement;

/** Makes a certificate as go-plugin's host makes it for itself: P-521, self-signed, for both roles. */
export async function hostCertificate(): Promise<KeyPair> {
  const { cert, pkcs8 } = await selfSigned({ subject: "O=HashiCorp, CN=localhost", dns: "localhost" }, [
    new BasicConstraintsExtension(true, undefined, true),
    new KeyUsagesExtension(forBoth | KeyUsageFlags.keyCertSign, true),
  ]);
  return { cert: pem("CERTIFICATE", cert), key: pem("PRIVATE KEY", pkcs8) };
}

/** Makes a certificate as hosts without AutoMTLS make it for themselves and their plugin: it is no authority. */
export async function wrappedCertificate(): Promise<WrappedKeyPair> {
  const name = randomUUID();
  const extensions = [new KeyUsagesExtension(forBoth, true)];
  const { cert, pkcs8 } = await selfSigned({ subject: `CN=${name}`, dns: name }, extensions);
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }).export({ format: "der", type: "sec1" });
  const data = { ServerCert: cert.toString("base64"), ServerKey: key.toString("base64") };
  return { cert: pem("CERTIFICATE", cert), key: pem("PRIVATE KEY", pkcs8), name, data };
}

async function selfSigned(
  { subject, dns }: { readonly subject: string; readonly dns: string },
  extensions: readonly Extension[],
): Promise<{ readonly cert: Buffer; readonly pkcs8: Buffer }> {
  const signingAlgorithm = { name: "ECDSA", namedCurve: "P-521", hash: "SHA-512" };
  const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: subject,
    notBefore: new Date(Date.now() - 30_000),
    notAfter: new Date(Date.now() + 262_980 * 3_600_000),
    signingAlgorithm,
    keys,
    extensions: [
      ...extensions,
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth, ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([{ type: "dns", value: dns }]),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return { cert: Buffer.from(certificate.rawData), pkcs8 };
}

/** Turns a certificate of a handshake line into PEM. */
export function handshakeCertificate(field: string): string {
  return pem("CERTIFICATE", Buffer.from(field, "base64"));
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
