/** What a server answered. */
export interface Answer {
  readonly status: number;
  /** The parsed body; undefined where there was none. */
  readonly body: unknown;
  /** Texts of a refusal; empty where the body has none. */
  readonly errors: readonly string[];
  /** Follows keys into the body; undefined where one is missing. */
  at(...keys: readonly (string | number)[]): unknown;
}

/** A client of Vault's HTTP API; paths are below `/v1/`. */
export interface Client {
  read(path: string): Promise<Answer>;
  list(path: string): Promise<Answer>;
  write(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Makes a client of the same server with another token, or with none. */
  withToken(token: string | undefined): Client;
}

/** What a request may carry beside its path. */
export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes a client of the server at this address. */
export function createClient(address: string, token?: string): Client {
  async function request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const response = await fetch(`${address}/v1/${path}`, {
      method,
      headers: { ...(token === undefined ? {} : { "X-Vault-Token": token }), ...options.headers },
      body: options.body === undefined ? null : JSON.stringify(options.body),
    });
    return toAnswer(response.status, await response.text());
  }
  return {
    request,
    read: (path) => request("GET", path),
    list: (path) => request("LIST", path),
    write: (path, body = {}) => request("POST", path, { body }),
    delete: (path) => request("DELETE", path),
    withToken: (other) => createClient(address, other),
  };
}

function toAnswer(status: number, text: string): Answer {
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  const at = (...keys: readonly (string | number)[]): unknown => follow(body, keys);
  const errors = at("errors");
  return { status, body, at, errors: Array.isArray(errors) ? errors.map(String) : [] };
}

function follow(value: unknown, keys: readonly (string | number)[]): unknown {
  return keys.reduce((at, key) => (isObject(at) ? at[key] : undefined), value);
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null;
}
