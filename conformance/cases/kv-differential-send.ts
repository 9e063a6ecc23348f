import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";

/** A request below a mount. Its body is text, so that it can be JSON which no program would write. */
export interface KvRequest {
  readonly method: string;
  /** Below the mount; the sign `@` stands for a folder which belongs to one sequence of requests alone. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
}

/** What a server answered, unread. */
export interface KvAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Where requests go to. */
export interface KvTarget {
  readonly address: string;
  readonly token: string;
  /** The mount. */
  readonly path: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends a request as it is: `fetch` would tidy up dots in its path. */
export function sendKv({ address, token, path }: KvTarget, { method, body, contentType, ...sent }: KvRequest) {
  const { promise, resolve, reject } = Promise.withResolvers<KvAnswer>();
  const headers = {
    "X-Vault-Token": token,
    ...(contentType !== undefined && { "Content-Type": contentType }),
    ...(body !== undefined && { "Content-Length": Buffer.byteLength(body) }),
  };
  const options = { method, headers, agent, timeout: 60_000 };
  const message = request(`${address}/v1/`, { ...options, path: `/v1/${path}/${sent.path}` }, (incoming) => {
    text(incoming).then((answer) => {
      const type = incoming.headers["content-type"] ?? "";
      resolve({ status: incoming.statusCode ?? 0, contentType: type, text: answer });
    }, reject);
  });
  message
    .on("error", reject)
    .on("timeout", () => message.destroy(new Error(`${method} ${sent.path} was not answered`)));
  message.end(body);
  return promise;
}
