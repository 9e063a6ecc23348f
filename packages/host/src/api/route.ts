import { type Data, type Operation, stringifyJson } from "@vaultwright/core/launch";
import type { Caller, HostResponse, RequestContext } from "../requests/context.ts";
import { envelopeOf } from "../requests/envelope.ts";
import { Failure } from "../requests/failure.ts";
import type { HostState } from "../state.ts";
import { escapePattern } from "../values/escape-pattern.ts";

/** A call of the host's own API. */
export interface ApiCall {
  readonly state: HostState;
  readonly context: RequestContext;
  /** Parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** What was sent, with the parts of the path over it. */
  readonly data: Data;
  /** Who calls; throws at unauthenticated paths without a token. */
  caller(): Caller;
}

/** Answers a call; nothing means 204, or 404 for a read or a list. */
export type ApiHandler = (call: ApiCall) => HostResponse | undefined | Promise<HostResponse | undefined>;

/** A path of the host's own API and what can be done with it. */
export interface ApiRoute {
  /** As in `route`, within the mount. */
  readonly path: string;
  readonly pattern: RegExp;
  readonly summary: string;
  readonly operations: Readonly<Partial<Record<Operation, ApiHandler>>>;
  /** What it takes beside the parts of its path; others are told that they are ignored. */
  readonly fields: ApiFields;
}

/** The fields of a path by name, with their types in OpenAPI documents; or that it takes whatever comes. */
export type ApiFields = "any" | Readonly<Record<string, "array" | "boolean" | "integer" | "object" | "string">>;

/**
 * Makes a route. In the path, `:name` stands for one segment, and `:name+` for one or more. Lists end in a slash, and so may
 * the other requests to what can be listed.
 */
export function route(
  path: string,
  summary: string,
  operations: ApiRoute["operations"],
  fields: ApiFields = {},
): ApiRoute {
  const source = path
    .split("/")
    .map((part) => {
      if (!part.startsWith(":")) return escapePattern(part);
      return part.endsWith("+") ? `(?<${part.slice(1, -1)}>.+?)` : `(?<${part.slice(1)}>[^/]+)`;
    })
    .join("/");
  const end = operations.list === undefined ? "$" : "/?$";
  return { path, pattern: new RegExp(`^${source}${end}`), summary, operations, fields };
}

/** Makes the answer that something was begun and goes on in the background. */
export function accepted({ context, state }: ApiCall, answer: HostResponse): HostResponse {
  const body = stringifyJson(envelopeOf(answer, context.request.id, state.product));
  return { data: { http_status_code: 202, http_content_type: "application/json", http_raw_body: body } };
}

/** Makes an answer that is JSON without an envelope. */
export function rawJson(body: object): HostResponse {
  return {
    data: { http_status_code: 200, http_content_type: "application/json", http_raw_body: stringifyJson(body) },
  };
}

/** Makes an answer that is only a status. */
export function statusOnly(status: number): HostResponse {
  return { data: { http_status_code: status, http_content_type: "application/json" } };
}

/** Makes the answer to a list. */
export function listOf(keys: readonly string[]): HostResponse {
  return { data: keys.length === 0 ? {} : { keys } };
}

/** Throws what is shown when somebody may not do something. */
export function denied(text: string): never {
  throw new Failure(403, [text]);
}
