import { request } from "node:http";
import { text } from "node:stream/consumers";

/** A request as it goes over the wire: nothing is added but what HTTP itself needs. */
export interface RawRequest {
  readonly method: string;
  /** Everything behind the address, `/v1/` included. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const patienceMs = 20_000;

/** Sends a request that `fetch` would tidy up first: with dots in its path, say, or with a method that nobody knows. */
export async function sendRaw(address: string, { method, target, headers, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(address);
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
  const options = { hostname, port, method, path: target, headers: { ...headers, ...length }, timeout: patienceMs };
  const sent = request({ ...options, agent: false }, (message) => {
    text(message).then(
      (answer) => resolve({ status: message.statusCode ?? 0, headers: message.headers, text: answer }),
      reject,
    );
  });
  sent.on("error", reject).on("timeout", () => sent.destroy(new Error(`${method} ${target} was not answered`)));
  sent.end(body);
  return promise;
}
