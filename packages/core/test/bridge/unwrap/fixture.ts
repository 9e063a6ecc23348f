// The library for certificates finds its parts by decorators, which want this first.
import "reflect-metadata";
import { createPrivateKey, randomUUID, webcrypto } from "node:crypto";
import { once } from "node:events";
import { createServer as createPlainServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { TestContext } from "node:test";
import * as x509 from "@peculiar/x509";
import type { KeyPair } from "../../../src/rpc/tls.ts";

/** The certificate of both sides, as it is used and as a host wraps it. */
export interface Wrapped extends KeyPair {
  readonly name: string;
  readonly data: { readonly ServerCert: string; readonly ServerKey: string };
}

/** Makes a certificate as hosts do for the unwrap flow: no authority, and no name but a UUID. */
export async function createWrapped(): Promise<Wrapped> {
  const signingAlgorithm = { name: "ECDSA", namedCurve: "P-521", hash: "SHA-512" };
  const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ["sign", "verify"]);
  const name = randomUUID();
  const { digitalSignature, keyEncipherment, keyAgreement } = x509.KeyUsageFlags;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 30_000),
    notAfter: new Date(Date.now() + 262_980 * 3_600_000),
    signingAlgorithm,
    keys,
    extensions: [
      new x509.KeyUsagesExtension(digitalSignature | keyEncipherment | keyAgreement, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth, x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }]),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  return {
    name,
    certificate: certificate.toString("pem"),
    key: key.export({ format: "pem", type: "pkcs8" }).toString(),
    data: {
      ServerCert: Buffer.from(certificate.rawData).toString("base64"),
      ServerKey: key.export({ format: "der", type: "sec1" }).toString("base64"),
    },
  };
}

/** Makes a token; nobody checks its signature. */
export function tokenOf(claims: unknown, header: unknown = { alg: "ES512", typ: "JWT" }): string {
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [...parts, "c2lnbmF0dXJl"].join(".");
}

/** A request that the server got. */
export interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server answers; `status` 0 breaks the connection. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts an API that gives these answers in turn, the last one for ever. */
export async function startApi(
  test: TestContext,
  answers: readonly Answer[],
  tls?: ServerOptions,
): Promise<{ readonly address: string; readonly port: number; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const listener: RequestListener = async (request, response) => {
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: await text(request) });
    const answer = answers[received.length - 1] ?? answers.at(-1) ?? { status: 404 };
    if (answer.status === 0) return void request.socket.destroy();
    response.writeHead(answer.status, { "Content-Type": "application/json", ...answer.headers });
    response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
  };
  const server = tls ? createTlsServer(tls, listener) : createPlainServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { address: `${tls ? "https" : "http"}://127.0.0.1:${port}`, port, received };
}
