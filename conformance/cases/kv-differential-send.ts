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

/** Sends a request as it is: `fetch` would tidy up dots in its path. Bytes stand for a body that is no text. */
export function sendKv(
  { address, token, path }: KvTarget,
  { method, body, contentType, ...sent }: KvRequest,
  bytes: Buffer | undefined = body === undefined ? undefined : Buffer.from(body),
): Promise<KvAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<KvAnswer>();
  const headers = {
    "X-Vault-Token": token,
    ...(contentType !== undefined && { "Content-Type": contentType }),
    ...(bytes !== undefined && { "Content-Length": bytes.length }),
  };
  const options = { method, headers, agent, timeout: 60_000, path: `/v1/${path}/${sent.path}` };
  const message = request(address, options, (incoming) => {
    text(incoming).then((answer) => {
      const type = incoming.headers["content-type"] ?? "";
      resolve({ status: incoming.statusCode ?? 0, contentType: type, text: answer });
    }, reject);
  });
  message.on("error", reject);
  message.on("timeout", () => message.destroy(new Error(`${method} ${sent.path} was not answered`)));
  message.end(bytes);
  return promise;
}
