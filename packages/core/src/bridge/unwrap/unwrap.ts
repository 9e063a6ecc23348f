import { setTimeout as sleep } from "node:timers/promises";
import type { ApiSettings } from "./api-settings.ts";
import { apiTls } from "./api-tls.ts";
import { type PutAnswer, type PutOptions, put } from "./put.ts";

/** What unwrapping needs beside the token. */
export interface UnwrapOptions {
  readonly address: string;
  readonly settings: ApiSettings;
  /** How long to wait before another attempt. */
  readonly retryDelayMs?: number;
}

const defaultRetryDelayMs = 1000;
const redirects: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/** Asks the host's API for what a token wraps, and gives the body of the answer. The token never is in an error. */
export async function unwrap(token: string, options: UnwrapOptions): Promise<string> {
  const { address, settings, retryDelayMs = defaultRetryDelayMs } = options;
  const url = unwrapUrl(address);
  const request = { ...requestFor(token, settings), signal: AbortSignal.timeout(settings.timeoutMs) };
  for (let attempt = 0; ; attempt++) {
    const isLast = attempt >= settings.maxRetries;
    const answer = await send(url, request).catch((cause) => failure(cause, url, { isLast }));
    if (answer && (isLast || !isWorthRetrying(answer))) return bodyOf(answer, token);
    await sleep(retryDelayMs, undefined, request).catch((cause) => failure(cause, url, { isLast: true }));
  }
}

function unwrapUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new TypeError("the address of the server's API is no http or https address");
  }
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/v1/sys/wrapping/unwrap`;
  return url;
}

function requestFor(token: string, settings: ApiSettings): Omit<PutOptions, "signal"> {
  return {
    headers: {
      "X-Vault-Token": token,
      "X-Vault-Request": "true",
      "Content-Type": "application/json",
      ...(settings.namespace && { "X-Vault-Namespace": settings.namespace }),
    },
    body: "null",
    tls: apiTls(settings),
  };
}

/** Follows one redirection, as standby nodes give it, but never from TLS to plain text. */
async function send(url: URL, request: PutOptions): Promise<PutAnswer> {
  const answer = await put(url, request);
  if (!redirects.has(answer.status) || !answer.location) return answer;
  const target = new URL(answer.location, url);
  if (url.protocol === "https:" && target.protocol !== "https:") {
    throw new TypeError("the server's API redirects to a connection without TLS");
  }
  return put(target, request);
}

function isWorthRetrying({ status }: PutAnswer): boolean {
  return status === 0 || status === 412 || (status >= 500 && status !== 501);
}

/** Lets a failed attempt pass unless it was the last. */
function failure(cause: unknown, url: URL, { isLast }: { readonly isLast: boolean }): undefined {
  const isTimeout = cause instanceof Error && (cause.name === "TimeoutError" || cause.name === "AbortError");
  if (!isLast && !isTimeout) return undefined;
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new Error(`cannot reach the server's API at ${url.origin}: ${reason}`, { cause });
}

function bodyOf({ status, body }: PutAnswer, token: string): string {
  if (status >= 200 && status < 300) return body;
  const reason = [...errorsIn(body)].join(", ").replaceAll(token, "(token)");
  throw new Error(`error during token unwrap request: status ${status}${reason && `: ${reason}`}`);
}

function errorsIn(body: string): readonly string[] {
  try {
    const { errors }: { readonly errors?: unknown } = JSON.parse(body) ?? {};
    return Array.isArray(errors) ? errors.map(String) : [];
  } catch {
    // A proxy's page, for instance, says less than its status.
    return [];
  }
}
