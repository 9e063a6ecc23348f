import type { IncomingMessage } from "node:http";
import {
  type Data,
  type HeaderMap,
  type HostKind,
  type Operation,
  parseJson,
  UserError,
} from "@vaultwright/core/launch";
import type { Product } from "../product.ts";
import type { HostRequest } from "../requests/context.ts";
import { Failure } from "../requests/failure.ts";
import { parseDuration } from "../values/duration.ts";
import { newUuid } from "../values/random.ts";
import { checkJsonLimits } from "./json-limits.ts";
import { listStandIn, scanStandIn } from "./list-method.ts";
import { readBody } from "./read-body.ts";
import type { Target } from "./request-path.ts";

/** Makes the host's request from an HTTP request; throws `Failure` where it is none. */
export async function readRequest(
  message: IncomingMessage,
  target: Pick<Target, "path" | "query">,
  { product, ...client }: Pick<HostRequest, "signal" | "remoteAddress" | "remotePort"> & { readonly product: Product },
): Promise<HostRequest> {
  const { path } = target;
  const { operation, query } = operationOf(message, target.query, product);
  const takesBody = operation === "update" || operation === "patch";
  if (operation === "patch") checkPatchType(message.headers["content-type"]);
  return {
    id: newUuid(),
    operation,
    path: pathFor(operation, path),
    data: takesBody ? await bodyData(message) : queryData(query),
    token: tokenOf(message),
    headers: headersOf(message),
    wrapTtl: wrapTtlOf(message),
    wrapFormat: message.headers["x-vault-wrap-format"] === "jwt" ? "jwt" : undefined,
    ...client,
  };
}

function pathFor(operation: Operation, path: string): string {
  if (operation === "list" || operation === "scan") return `${path.replace(/\/$/, "")}/`;
  return operation === "help" ? path.replace(/\/$/, "") : path;
}

interface Asked {
  readonly operation: Operation;
  readonly query: URLSearchParams;
}

function operationOf(message: IncomingMessage, given: URLSearchParams, { kind }: Product): Asked {
  const query = new URLSearchParams(given);
  // Any value asks for help, `0` included.
  const isHelp = (query.get("help") ?? "") !== "";
  query.delete("help");
  if (isHelp) return { operation: "help", query };
  if (kind === "openbao" && message.method === scanStandIn) return { operation: "scan", query };
  switch (message.method) {
    case "GET":
      return readOrList(query, kind);
    case listStandIn:
      return { operation: "list", query };
    case "HEAD":
      return { operation: "header", query };
    case "POST":
    case "PUT":
      return { operation: "update", query };
    case "PATCH":
      return { operation: "patch", query };
    case "DELETE":
      return { operation: "delete", query };
    default:
      throw new Failure(405, []);
  }
}

/** A query can ask for a list, and for OpenBao's recursive one, but not for both. */
function readOrList(query: URLSearchParams, kind: HostKind): Asked {
  const isList = takeSwitch(query, "list");
  const isScan = kind === "openbao" && takeSwitch(query, "scan");
  if (isList && isScan) throw new Failure(400, []);
  if (isList) return { operation: "list", query };
  return { operation: isScan ? "scan" : "read", query };
}

function takeSwitch(query: URLSearchParams, name: string): boolean {
  const text = query.get(name);
  if (text === null || text === "") return false;
  query.delete(name);
  return isTrue(text);
}

/** Reads a switch of a query as hosts do; a text that is none is a bad request without words. */
function isTrue(text: string | null): boolean {
  if (text !== null && ["1", "t", "T", "true", "TRUE", "True"].includes(text)) return true;
  if (text !== null && ["0", "f", "F", "false", "FALSE", "False"].includes(text)) return false;
  throw new Failure(400, []);
}

function queryData(query: URLSearchParams): Data | undefined {
  const names = new Set(query.keys());
  if (names.size === 0) return undefined;
  return Object.fromEntries(
    [...names].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

async function bodyData(message: IncomingMessage): Promise<Data | undefined> {
  const body = await readBody(message);
  checkJsonLimits(body);
  const text = body.toString();
  if (text.trim() === "") return undefined;
  const isForm = (message.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  if (isForm && !/^\s*[{[]/.test(text)) return formData(new URLSearchParams(text));
  return jsonData(text, body);
}

function formData(form: URLSearchParams): Data {
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name).join(",")]));
}

function jsonData(text: string, body: Buffer): Data {
  const value = parsed(text, body);
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new Failure(400, [
      `error parsing JSON: failed to parse JSON input: json: cannot unmarshal ${goType(value)} into Go value of type map[string]interface {}`,
    ]);
  // A JSON value that is neither null nor a list nor a scalar has text keys only.
  return value as Data;
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

function parsed(text: string, body: Buffer): unknown {
  try {
    return parseJson(text);
  } catch {
    // The parser's own words quote the body, which may hold a secret; hosts quote no more than its first byte.
    const [first = ""] = /[^ \t\r\n]/.exec(body.toString("latin1", 0, 4096)) ?? [];
    const problem = /[-0-9"tfn[{]/.test(first)
      ? "the body is not JSON"
      : `invalid character '${first}' looking for beginning of value`;
    throw new Failure(400, [`error parsing JSON: failed to parse JSON input: ${problem}`]);
  }
}

function checkPatchType(contentType: string | undefined): void {
  if (contentType === undefined || contentType === "") throw new Failure(400, ["mime: no media type"]);
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type.startsWith("/")) throw new Failure(400, ["mime: no media type"]);
  if (type !== "application/merge-patch+json")
    throw new Failure(415, [`PATCH requires Content-Type of application/merge-patch+json, provided ${type}`]);
}

function tokenOf(message: IncomingMessage): string | undefined {
  const header = message.headers["x-vault-token"];
  const token = typeof header === "string" ? header.trim() : "";
  if (token !== "") return token;
  const bearer = /^Bearer\s+(.+)$/.exec(message.headers.authorization ?? "");
  return bearer?.[1]?.trim();
}

function wrapTtlOf(message: IncomingMessage): number | undefined {
  const header = message.headers["x-vault-wrap-ttl"];
  if (typeof header !== "string" || header === "") return undefined;
  try {
    const ttl = parseDuration(header);
    if (ttl < 0) throw new UserError("requested wrap ttl cannot be negative");
    return ttl;
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(400, [`error parsing X-Vault-Wrap-TTL header: ${problem}`], { cause });
  }
}

/** Keeps the spelling in which the client sent the names. */
function headersOf(message: IncomingMessage): HeaderMap {
  const headers = new Map<string, string[]>();
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] ?? "";
    headers.set(name, [...(headers.get(name) ?? []), message.rawHeaders[index + 1] ?? ""]);
  }
  return headers;
}
