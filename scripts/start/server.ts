import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

/** An answer of a server. */
export interface Answer {
  readonly status: number;
  /** The parsed JSON, undefined when there was no body. */
  readonly body: unknown;
}

/** A server that is spoken to with one token. */
export interface VaultServer {
  readonly address: URL;
  readonly token: string;
  /** Makes a request below `/v1/`; `LIST` is a method of its own. */
  request(method: string, path: string, options?: { readonly body?: object; readonly token?: string }): Promise<Answer>;
}

/** Makes the client of a server. */
export function connectServer(address: URL, token: string): VaultServer {
  const send = address.protocol === "https:" ? httpsRequest : httpRequest;
  return {
    address,
    token,
    request: (method, path, options = {}) =>
      new Promise((resolve, reject) => {
        const body = options.body === undefined ? undefined : JSON.stringify(options.body);
        const url = new URL(`/v1/${path}`, address);
        const headers = { "X-Vault-Token": options.token ?? token, "X-Vault-Request": "true" };
        const call = send(url, { method, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks)) }));
        });
        call.on("error", (cause) => reject(new Error(`${method} ${url.href} failed: ${cause.message}`, { cause })));
        call.end(body);
      }),
  };
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const text = body.toString();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`the server answered with something else than JSON: ${text.slice(0, 80)}`, { cause });
  }
}

/** Makes a request that must succeed and gives its answer's body. */
export async function mustSucceed(server: VaultServer, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await server.request(method, path, body === undefined ? {} : { body });
  if (answer.status < 300) return answer.body;
  throw new Error(`${method} /v1/${path} was answered with ${answer.status}: ${explain(answer.body)}`);
}

function explain(body: unknown): string {
  const { errors } = (body ?? {}) as { errors?: unknown };
  return Array.isArray(errors) && errors.length > 0 ? errors.join("; ").trim() : "no reason given";
}
