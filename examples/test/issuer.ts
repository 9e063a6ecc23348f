import { createServer } from "node:http";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** A running issuer of signed tokens. */
export interface Issuer {
  /** Where it publishes its public keys. */
  readonly jwksUrl: string;
  readonly name: string;
  /** Signs a token that is good for a minute. */
  sign(claims: JWTPayload): Promise<string>;
  close(): Promise<void>;
}

/** Starts an issuer on this machine. */
export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const keys = [{ ...(await exportJWK(publicKey)), kid: "first", alg: "ES256" }];
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the issuer got no port");
  const name = `http://127.0.0.1:${address.port}`;
  return {
    name,
    jwksUrl: `${name}/keys`,
    sign: (claims) =>
      new SignJWT({ iss: name, ...claims })
        .setProtectedHeader({ alg: "ES256", kid: "first" })
        .setExpirationTime("1m")
        .sign(privateKey),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
