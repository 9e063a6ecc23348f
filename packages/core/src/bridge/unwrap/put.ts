import { request as plainRequest } from "node:http";
import { type RequestOptions, request as tlsRequest } from "node:https";
import { text } from "node:stream/consumers";

/** What a server answered. */
export interface PutAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

/** How to send a request. */
export interface PutOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Certificates and names; without effect on an address without TLS. */
  readonly tls: RequestOptions;
  readonly signal: AbortSignal;
}

/** Sends one PUT request, by the modules that do TLS in the same way on Node and on Bun. */
export function put(url: URL, { headers, body, tls, signal }: PutOptions): Promise<PutAnswer> {
  const common = { method: "PUT", headers: { ...headers, "Content-Length": Buffer.byteLength(body) }, signal };
  return new Promise((resolve, reject) => {
    // A connection that is kept would be one more that the process holds for nothing.
    const request =
      url.protocol === "https:"
        ? tlsRequest(url, { ...common, ...tls, agent: false })
        : plainRequest(url, { ...common, agent: false });
    request.on("error", reject);
    request.on("response", (response) => {
      const { statusCode = 0, headers } = response;
      text(response).then((body) => resolve({ status: statusCode, location: headers.location, body }), reject);
    });
    request.end(body);
  });
}
