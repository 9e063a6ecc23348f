import { parseJson, UserError } from "@vaultwright/core/launch";
import { findToken } from "../requests/caller.ts";
import type { HostResponse } from "../requests/context.ts";
import { Failure } from "../requests/failure.ts";
import type { Wrapped } from "../requests/wrapping.ts";
import type { Token } from "../tokens/token.ts";
import { textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

/** The paths of response wrapping. */
export const wrappingRoutes: readonly ApiRoute[] = [
  route("wrapping/wrap", "Wrap what is sent.", { update: wrap }),
  route("wrapping/lookup", "Look at what a token wraps, without opening it.", { read: lookUp, update: lookUp }),
  route("wrapping/unwrap", "Open what a token wraps, once.", { update: unwrap }),
  route("wrapping/rewrap", "Exchange a wrapping token for a new one.", { update: rewrap }),
];

function wrap({ data, context }: ApiCall): HostResponse {
  const { wrapTtl } = context.request;
  if (!wrapTtl) throw new UserError("endpoint requires response wrapping to be used");
  // The host wraps every answer for which a lifetime is set.
  return { data: { ...data }, wrapInfo: { ttl: wrapTtl, creationPath: "sys/wrapping/wrap" } };
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
  const { state } = call;
  const { token, wrapped } = findWrapped(call);
  state.tokenRevocation.revokeOrphaning(token);
  const envelope = parseJson(wrapped.envelope);
  if (typeof envelope !== "object" || envelope === null) throw new Error("what was wrapped is no envelope");
  const { creationPath, creationTtl } = wrapped;
  return { wrapInfo: state.wrapping.wrap(envelope, { ttl: creationTtl, creationPath }) };
}

function unwrap(call: ApiCall): HostResponse {
  const { token, wrapped } = findWrapped(call);
  call.state.tokenRevocation.revokeTree(token);
  return {
    data: {
      http_status_code: 200,
      http_content_type: "application/json",
      http_raw_body: Buffer.from(`${wrapped.envelope}\n`).toString("base64"),
    },
  };
}

function findWrapped({ state, data, context }: ApiCall): { readonly token: Token; readonly wrapped: Wrapped } {
  const id = textField(data, "token") || (context.request.token ?? "");
  if (id === "") throw new Failure(403, ["error validating wrapping token: token is empty"]);
  const token = context.caller?.id === id ? context.caller.token : findToken(state, id);
  const wrapped = token && state.wrapping.read(token);
  if (token === undefined || wrapped === undefined)
    throw new Failure(400, ["wrapping token is not valid or does not exist"]);
  return { token, wrapped };
}
