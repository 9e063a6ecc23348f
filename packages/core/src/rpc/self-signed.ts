import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import * as der from "./der.ts";
import type { KeyPair } from "./tls.ts";

/** A fresh certificate with its key, and the certificate's bytes for the handshake. */
export interface SelfSigned extends KeyPair {
  readonly certificateDer: Uint8Array;
}

/** The name in the certificate, which each side expects of the other. */
export const serverName = "localhost";

const validFromSeconds = -30;
const validForSeconds = 262_980 * 60 * 60;

const signatureAlgorithm = der.sequence(der.objectIdentifier("1.2.840.10045.4.3.2"));

/**
 * Makes the certificate that go-plugin's AutoMTLS uses, the same kind on both sides (mtls.go, generateCert). Only its key
 * is of another curve: P-256 spares 5 ms of the start and as many of each handshake, and hosts take any key.
 *
 * It is written byte by byte, because loading a library for certificates takes longer than the whole start may.
 */
export function createSelfSigned(now: Date = new Date()): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const content = toBeSigned(publicKey, now);
  const signature = sign("sha256", content, privateKey);
  const certificateDer = der.sequence(content, signatureAlgorithm, der.bitString(signature));
  return { certificateDer, certificate: pemOf(certificateDer), key: privateKey };
}

/** Gives a certificate's bytes in the form that TLS options take. */
export function pemOf(certificateDer: Uint8Array): string {
  const lines =
    Buffer.from(certificateDer)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function toBeSigned(publicKey: Uint8Array, now: Date): Buffer {
  const name = nameOf({ organization: "HashiCorp", commonName: serverName });
  return der.sequence(
    der.tagged(0, der.integer(Uint8Array.of(2))),
    der.integer(randomBytes(16)),
    signatureAlgorithm,
    name,
    der.sequence(der.time(secondsAfter(now, validFromSeconds)), der.time(secondsAfter(now, validForSeconds))),
    name,
    publicKey,
    der.tagged(3, extensions()),
  );
}

function nameOf({ organization, commonName }: { organization: string; commonName: string }): Buffer {
  const attribute = (oid: string, text: string) =>
    der.setOf(der.sequence(der.objectIdentifier(oid), der.utf8String(text)));
  return der.sequence(attribute("2.5.4.10", organization), attribute("2.5.4.3", commonName));
}

function extensions(): Buffer {
  // digitalSignature, keyEncipherment, keyAgreement and keyCertSign are the bits 0, 2, 4 and 5 from the left.
  const keyUsage = der.bitString(Uint8Array.of(0b1010_1100), 2);
  const clientAuth = der.objectIdentifier("1.3.6.1.5.5.7.3.2");
  const serverAuth = der.objectIdentifier("1.3.6.1.5.5.7.3.1");
  const dnsName = der.element(0x82, Buffer.from(serverName));
  return der.sequence(
    der.sequence(der.objectIdentifier("2.5.29.15"), der.truth, der.octetString(keyUsage)),
    der.sequence(der.objectIdentifier("2.5.29.37"), der.octetString(der.sequence(clientAuth, serverAuth))),
    der.sequence(der.objectIdentifier("2.5.29.19"), der.truth, der.octetString(der.sequence(der.truth))),
    der.sequence(der.objectIdentifier("2.5.29.17"), der.octetString(der.sequence(dnsName))),
  );
}

function secondsAfter(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
