// The library finds its parts by decorators, which want this first.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { type SelfSigned, serverName } from "./self-signed.ts";

const algorithm = { name: "ECDSA", namedCurve: "P-521", hash: "SHA-512" } as const;

x509.cryptoProvider.set(webcrypto);

/** What a certificate says. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly key: { readonly name: string; readonly namedCurve: string | undefined };
  readonly signatureHash: string | undefined;
  readonly isAuthority: boolean;
  readonly keyUsages: readonly string[];
  readonly extendedKeyUsages: readonly string[];
  readonly dnsNames: readonly string[];
  /** Whether its own key signed it. */
  readonly isSelfSigned: boolean;
}

/** Reads a certificate; throws for anything else. */
export async function readCertificate(der: Uint8Array): Promise<CertificateFacts> {
  const certificate = new x509.X509Certificate(Uint8Array.from(der));
  const { publicKey, signatureAlgorithm } = certificate;
  const usages = certificate.getExtension(x509.KeyUsagesExtension)?.usages ?? 0;
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    serialNumber: certificate.serialNumber,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    key: { name: publicKey.algorithm.name, namedCurve: curveOf(publicKey.algorithm) },
    signatureHash: signatureAlgorithm.hash.name,
    isAuthority: certificate.getExtension(x509.BasicConstraintsExtension)?.ca ?? false,
    keyUsages: Object.entries(keyUsages).flatMap(([name, flag]) => ((usages & flag) === 0 ? [] : [name])),
    extendedKeyUsages: [...(certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages ?? [])].map(String),
    dnsNames: namesOf(certificate),
    isSelfSigned: await certificate.isSelfSigned(),
  };
}

const keyUsages = {
  digitalSignature: x509.KeyUsageFlags.digitalSignature,
  nonRepudiation: x509.KeyUsageFlags.nonRepudiation,
  keyEncipherment: x509.KeyUsageFlags.keyEncipherment,
  dataEncipherment: x509.KeyUsageFlags.dataEncipherment,
  keyAgreement: x509.KeyUsageFlags.keyAgreement,
  keyCertSign: x509.KeyUsageFlags.keyCertSign,
  cRLSign: x509.KeyUsageFlags.cRLSign,
} as const;

function curveOf(algorithm: object): string | undefined {
  return "namedCurve" in algorithm ? String(algorithm.namedCurve) : undefined;
}

function namesOf(certificate: x509.X509Certificate): readonly string[] {
  const names = certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? [];
  return names.map(({ type, value }) => (type === "dns" ? value : `${type}:${value}`));
}

/** Makes the host's certificate; it is of the same kind as a plugin's, which is made without a library. */
export async function createHostCertificate(): Promise<SelfSigned> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const { digitalSignature, keyEncipherment, keyAgreement, keyCertSign } = keyUsages;
  const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `O=HashiCorp, CN=${serverName}`,
    notBefore: new Date(now - 30_000),
    notAfter: new Date(now + 262_980 * 60 * 60 * 1000),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.KeyUsagesExtension(digitalSignature | keyEncipherment | keyAgreement | keyCertSign, true),
      new x509.ExtendedKeyUsageExtension([clientAuth, serverAuth]),
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: serverName }]),
    ],
  });
  const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificate: certificate.toString("pem"),
    certificateDer: new Uint8Array(certificate.rawData),
    key: x509.PemConverter.encode(key, x509.PemConverter.PrivateKeyTag),
  };
}
