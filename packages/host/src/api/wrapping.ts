import { type Data, parseJson, UserError } from "@vaultwright/core/launch";
import { findToken } from "../requests/caller.ts";
import type { HostResponse } from "../requests/context.ts";
import { Failure } from "../requests/failure.ts";
import type { Wrapped } from "../requests/wrapping.ts";
import type { Token } from "../tokens/token.ts";
import { textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

const tokenField = { token: "string" } as const;

/** The paths of response wrapping. */
export const wrappingRoutes: readonly ApiRoute[] = [
  route("wrapping/wrap", "Wrap what is sent.", { update: wrap }, "any"),
  route(
    "wrapping/lookup",
    "Look at what a token wraps, without opening it.",
    { read: lookUp, update: lookUp },
    tokenField,
  ),
  route("wrapping/unwrap", "Open what a token wraps, once.", { update: unwrap }, tokenField),
  route("wrapping/rewrap", "Exchange a wrapping token for a new one.", { update: rewrap }, tokenField),
];

function wrap({ data, context }: ApiCall): HostResponse {
  const { wrapTtl } = context.request;
  if (!wrapTtl) throw new UserError("endpoint requires response wrapping to be used");
  // What a signed token wraps is the server's own word, so nobody gets one for words of theirs.
  return { data: { ...data }, wrapInfo: { ttl: wrapTtl, format: "uuid" } };
}

function lookUp(call: ApiCall): HostResponse {
  const { wrapped } = findWrapped(call);
  return {
    data: {
      creation_path: wrapped.creationPath,
      creation_time: new Date(wrapped.createdAtMs).toISOString(),
      creation_ttl: wrapped.creationTtl,
    },
  };
}

function rewrap(call: ApiCall): HostResponse {
  const { token, wrapped } = findWrapped(call);
  call.state.tokenRevocation.revokeOrphaning(token);
  const { creationPath, creationTtl } = wrapped;
  return { wrapInfo: { ttl: creationTtl }, rewrapped: { envelope: envelopeIn(wrapped), creationPath } };
}

function unwrap(call: ApiCall): HostResponse {
  const { token, wrapped } = findWrapped(call);
  call.state.tokenRevocation.revokeTree(token);
  const { data } = envelopeIn(wrapped);
  // An answer without an envelope, such as of an unwrapping that was wrapped itself, comes out as it went in.
  if (data !== null && rawMembers.some((name) => Object.hasOwn(data, name))) return { data };
  return {
    data: {
      http_status_code: 200,
      http_content_type: "application/json",
      http_raw_body: Buffer.from(`${wrapped.envelope}\n`).toString("base64"),
    },
  };
}

const rawMembers = ["http_status_code", "http_raw_body", "http_content_type"];

function envelopeIn({ envelope }: Wrapped): { readonly data: Data | null } {
  // The server wrote it itself, as `envelopeOf` makes it.
  return parseJson(envelope) as { readonly data: Data | null };
}

/** That the token is one for something wrapped was made sure before the request came here. */
function findWrapped({ state, data, context }: ApiCall): { readonly token: Token; readonly wrapped: Wrapped } {
  const id = textField(data, "token") || (context.request.token ?? "");
  const token = findToken(state, id);
  const wrapped = token && state.wrapping.read(token);
  if (token === undefined || wrapped === undefined)
    throw new Failure(400, ["wrapping token is not valid or does not exist"]);
  return { token, wrapped };
}
