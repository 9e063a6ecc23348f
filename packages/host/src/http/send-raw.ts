import type { ServerResponse } from "node:http";
import type { HostResponse } from "../requests/context.ts";

/** Says whether a plugin wrote the HTTP answer itself. */
export function isRaw(response: HostResponse): boolean {
  return response.data !== undefined && Object.hasOwn(response.data, "http_status_code");
}

/** Sends an answer that a plugin wrote itself, or says in a header why that can't be done. */
export function sendRaw(out: ServerResponse, response: HostResponse): void {
  const problem = problemOf(response);
  if (problem !== undefined) {
    out.writeHead(500, { "X-Vault-Raw-Error": problem }).end();
    return;
  }
  const data = response.data ?? {};
  for (const [key, name] of headerOfKey) if (typeof data[key] === "string") out.setHeader(name, data[key]);
  const status = Number(data["http_status_code"]);
  const body = data["http_raw_body"];
  out.writeHead(status);
  if (status === 204 || typeof body !== "string") out.end();
  else out.end(rawBody(body));
}

function problemOf({ secret, auth, data = {} }: HostResponse): string | undefined {
  if (secret !== undefined || auth !== undefined) return "raw responses cannot contain secrets or auth";
  const status = Number(data["http_status_code"]);
  if (!Number.isInteger(status) || status < 200 || status > 599) return "cannot decode status code";
  const type = data["http_content_type"];
  if (status !== 204 && type === undefined) return "no content type given";
  if (type !== undefined && typeof type !== "string") return "cannot decode content type";
  const body = data["http_raw_body"];
  return body === undefined || body === null || typeof body === "string" ? undefined : "cannot decode body";
}

const headerOfKey = [
  ["http_content_type", "Content-Type"],
  ["http_raw_cache_control", "Cache-Control"],
  ["http_raw_pragma", "Pragma"],
  ["http_www_authenticate", "WWW-Authenticate"],
] as const;

/** Bytes come as base64; a text that is base64 by chance is decoded too, as hosts do. */
function rawBody(text: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : Buffer.from(text);
}
