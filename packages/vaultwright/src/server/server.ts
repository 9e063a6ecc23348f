import { CommandError } from "../command-error.ts";

/** A server that plugins are loaded into, with the token that may do it. */
export interface Server {
  readonly address: string;
  /** Sends a request to a path below `/v1/` and gives the answer's body; a refusal is thrown. */
  request(method: "GET" | "POST", path: string, body?: object): Promise<unknown>;
}

/** Makes a server from where it is and a token for it. */
export function connectServer(address: string, token: string): Server {
  const origin = originOf(address);
  return {
    address: origin,
    async request(method, path, body) {
      const response = await fetch(`${origin}/v1/${path}`, {
        method,
        headers: { "X-Vault-Token": token, "X-Vault-Request": "true" },
        body: body === undefined ? null : JSON.stringify(body),
      }).catch((cause: unknown) => {
        throw new CommandError(`${origin} cannot be reached: ${reasonOf(cause)}. Is the address right?`, { cause });
      });
      const text = await response.text();
      if (!response.ok) throw new CommandError(refusal(`${method} ${path}`, response.status, text));
      return text === "" ? undefined : parseAnswer(text, origin);
    },
  };
}

function parseAnswer(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${origin} answers no JSON, so it is neither Vault nor OpenBao. Is the address right?`, {
      cause,
    });
  }
}

/** Follows keys into what a server answered; undefined where one is missing. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((found, key) => (isObject(found) ? found[key] : undefined), value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function originOf(address: string): string {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new CommandError(`${address} is no address of a server; it must be like http://127.0.0.1:8200`);
  return url.origin;
}

/** The reasons of `fetch` are in the causes of what it throws. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error ? reasonOf(thrown.cause) : thrown.message;
}

function refusal(request: string, status: number, text: string): string {
  const said = `${request}: the server answered ${status}: ${errorsIn(text).trim() || "no reason given"}`;
  return status === 403 ? `${said}. The token in VAULT_TOKEN must be allowed to do this` : said;
}

function errorsIn(text: string): string {
  if (!text.startsWith("{")) return text.slice(0, 200);
  const errors = at(JSON.parse(text), "errors");
  return Array.isArray(errors) ? errors.join("; ") : "";
}
