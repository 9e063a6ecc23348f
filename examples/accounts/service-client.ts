import { CodedError } from "@vaultwright/core";
import type { Config } from "./config.ts";

/** The calls to the service that the engine makes. */
export interface ServiceClient {
  createAccount(name: string, password: string): Promise<void>;
  /** Deletes an account; one that is gone already is no failure. */
  deleteAccount(name: string): Promise<void>;
  changePassword(name: string, password: string): Promise<void>;
}

/** Makes a client of the service. Its calls end when `signal` aborts, which is when the host gives up the request. */
export function connectService(config: Config, signal: AbortSignal): ServiceClient {
  async function call(method: string, path: string, body?: object): Promise<number> {
    const { status } = await attempt(config.password, method, path, body);
    // A rotation was interrupted: only the service knows whether it took the new password.
    if (status === 401 && config.nextPassword !== undefined)
      return (await attempt(config.nextPassword, method, path, body)).status;
    return status;
  }

  async function attempt(password: string, method: string, path: string, body: object | undefined): Promise<Response> {
    const authorization = `Basic ${Buffer.from(`${config.username}:${password}`).toString("base64")}`;
    const headers = { authorization, "content-type": "application/json" };
    const init = { method, headers, signal, ...(body ? { body: JSON.stringify(body) } : {}) };
    return fetch(new URL(path, config.url), init).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new CodedError(502, `the service at ${config.url} does not answer`, { cause });
    });
  }

  return {
    async createAccount(name, password) {
      succeeded(await call("POST", "/accounts", { name, password }));
    },
    async deleteAccount(name) {
      const status = await call("DELETE", `/accounts/${encodeURIComponent(name)}`);
      if (status !== 404) succeeded(status);
    },
    async changePassword(name, password) {
      succeeded(await call("PUT", `/accounts/${encodeURIComponent(name)}/password`, { password }));
    },
  };
}

function succeeded(status: number): void {
  if (status === 401) throw new CodedError(502, "the service refuses the name or password in config");
  if (status >= 300) throw new CodedError(502, `the service answered ${status}`);
}
