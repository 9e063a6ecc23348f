import { InternalError, LogicalError, parseJson, stringifyJson, UserError } from "@vaultwright/core/launch";
import type { HostResponse } from "../requests/context.ts";
import { Failure, listErrors } from "../requests/failure.ts";
import type { HostState } from "../state.ts";
import type { Token } from "../tokens/token.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";

/** The paths below `cubbyhole/`, where each token keeps what no other token sees. */
export const cubbyholeRoutes: readonly ApiRoute[] = [
  route(
    ":path+",
    "Keep values that only the token that asks can read.",
    { read, update: write, delete: remove, list },
    "any",
  ),
  route(
    "",
    "List what the token that asks keeps.",
    {
      read: () => missing("missing path"),
      update: () => missing("missing path"),
      delete: () => undefined,
      list,
    },
    "any",
  ),
];

/** Where wrapping tokens have what they wrap, for clients that open it there. */
const wrappedPath = "response";

/** Drops all that a token kept. */
export function clearCubbyhole({ store }: Pick<HostState, "store">, tokenKey: string): void {
  store.clear(spaceOf(tokenKey));
}

function spaceOf(tokenKey: string): string {
  return `cubbyhole/${tokenKey}`;
}

function spaceOfCaller(call: ApiCall): string {
  const { token } = call.caller();
  if (token.type === "batch") throw new UserError('cubbyhole operations are only supported by "service" type tokens');
  return spaceOf(token.key);
}

function read(call: ApiCall): HostResponse | undefined {
  const path = call.params["path"] ?? "";
  if (isRelative(path)) throw new Failure(400, [listErrors("read failed: relative paths not supported")]);
  // What is kept has no slash at its end, only a list has.
  if (call.context.path.endsWith("/")) return undefined;
  const value = call.state.store.get(spaceOfCaller(call), path);
  if (value === undefined) return path === wrappedPath ? readWrapped(call.state, call.caller().token) : undefined;
  // Only `write` below keeps values here, and those are objects.
  return { data: parseJson(Buffer.from(value).toString()) as HostResponse["data"] & object };
}

function readWrapped({ wrapping }: HostState, token: Token): HostResponse | undefined {
  const wrapped = wrapping.read(token);
  return wrapped && { data: { response: wrapped.envelope } };
}

function write(call: ApiCall): undefined {
  const { data = {} } = call.context.request;
  if (Object.keys(data).length === 0) missing("missing data fields");
  if (isRelative(call.params["path"] ?? "")) throw new InternalError("internal error");
  call.state.store.put(spaceOfCaller(call), call.params["path"] ?? "", Buffer.from(stringifyJson(data)));
}

function remove(call: ApiCall): undefined {
  call.state.store.delete(spaceOfCaller(call), call.params["path"] ?? "");
}

function list(call: ApiCall): HostResponse {
  const path = (call.params["path"] ?? "").replace(/\/$/, "");
  return listOf(call.state.store.list(spaceOfCaller(call), path === "" ? "" : `${path}/`));
}

/** Hosts find relative paths in two dots anywhere. */
function isRelative(path: string): boolean {
  return path.includes("..");
}

function missing(text: string): never {
  throw new LogicalError("unknown", text);
}
