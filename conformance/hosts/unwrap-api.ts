import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";

/** A request that the API got. */
export interface ApiRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The part of a server's API that gives a plugin its certificate. */
export interface UnwrapApi {
  readonly address: string;
  readonly received: readonly ApiRequest[];
  close(): void;
}

/** Starts an API on loopback that gives the same to every token. */
export async function startUnwrapApi(data: object): Promise<UnwrapApi> {
  const received: ApiRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: await text(request) });
    response.setHeader("Content-Type", "application/json").end(JSON.stringify({ data }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the API listens on no port");
  return { address: `http://127.0.0.1:${address.port}`, received, close: () => server.close() };
}

/** Makes an unwrap token with these claims; plugins do not check its signature. */
export function unwrapToken(claims: object): string {
  const parts = [{ alg: "ES512", typ: "JWT" }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  return [...parts, "c2lnbmF0dXJl"].join(".");
}
