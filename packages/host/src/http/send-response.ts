import type { ServerResponse } from "node:http";
import type { Product } from "../product.ts";
import type { HostRequest, HostResponse } from "../requests/context.ts";
import { envelopeOf } from "../requests/envelope.ts";
import { Failure } from "../requests/failure.ts";
import { hostJson, sortedKeys } from "./json.ts";
import { isRaw, sendRaw } from "./send-raw.ts";

/** Answers of these paths have the members of their data beside the envelope's as well, for old clients. */
const withDataOnTop = new Set([
  "sys/auth",
  "sys/capabilities",
  "sys/capabilities-accessor",
  "sys/capabilities-self",
  "sys/mounts",
  "sys/policy",
  "sys/remount",
  "sys/wrapping/wrap",
]);

/** As do those of all paths below these. */
const roomsWithDataOnTop = ["sys/auth/", "sys/mounts/", "sys/policy/"];

/** Sends what the host answers to a request. */
export function sendResponse(
  out: ServerResponse,
  { request, product }: { readonly request: HostRequest; readonly product: Product },
  response: HostResponse | undefined,
): void {
  for (const [name, values] of response?.headers ?? []) out.setHeader(name, [...values]);
  const answer = isOnlyHeaders(response) ? undefined : response;
  if (answer?.redirect !== undefined && answer.redirect !== "") {
    out.writeHead(307, { Location: answer.redirect }).end();
    return;
  }
  if (answer !== undefined && isRaw(answer)) {
    sendRaw(out, answer);
    return;
  }
  if (answer === undefined && (request.operation === "read" || request.operation === "header"))
    throw new Failure(404, []);
  if (request.operation === "list") checkList(answer);
  // Help comes without an envelope.
  if (request.operation === "help" && answer !== undefined) {
    sendJson(out, 200, sortedKeys(answer.data ?? {}));
    return;
  }
  if (answer === undefined) {
    out.writeHead(204, { "Content-Type": "application/json" }).end();
    return;
  }
  sendJson(out, 200, bodyOf(answer, request, product));
}

/** Sends a failure's texts. */
export function sendFailure(out: ServerResponse, failure: Failure): void {
  for (const [name, value] of Object.entries(failure.headers)) out.setHeader(name, value);
  const data = failure.data === undefined ? {} : { data: failure.data };
  sendJson(out, failure.status, { errors: failure.errors, ...data });
}

/** Sends a JSON body. */
export function sendJson(out: ServerResponse, status: number, body: unknown): void {
  const text = hostJson(body);
  const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };
  out.writeHead(status, headers).end(text);
}

function bodyOf(response: HostResponse, request: HostRequest, product: Product): object {
  const data = response.data === undefined ? undefined : sortedKeys(response.data);
  // Sorting the keys of an object gives an object.
  const sorted = data === undefined ? response : { ...response, data: data as HostResponse["data"] & object };
  const envelope = envelopeOf(sorted, request.id, product);
  const isOnTop = withDataOnTop.has(request.path) || roomsWithDataOnTop.some((path) => request.path.startsWith(path));
  return isOnTop && response.wrapInfo === undefined ? { ...envelope, ...sorted.data } : envelope;
}

function isOnlyHeaders(response: HostResponse | undefined): boolean {
  if (response?.headers === undefined || response.headers.size === 0) return false;
  const { headers: _headers, mountType: _mountType, ...rest } = response;
  return Object.values(rest).every((value) => value === undefined);
}

/** A list without entries is as good as none. */
function checkList(response: HostResponse | undefined): void {
  if (response?.wrapInfo !== undefined) return;
  const data = response?.data;
  const isEmpty = data === undefined || Object.keys(data).length === 0;
  if (isEmpty && !response?.warnings?.length) throw new Failure(404, []);
  const keys = data?.["keys"];
  if (keys === undefined || keys === null) return;
  if (!Array.isArray(keys) || keys.some((key) => typeof key !== "string")) throw new Failure(500, []);
  if (keys.length === 0) throw new Failure(404, []);
}
