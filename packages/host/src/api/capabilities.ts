import { BadRequest, type Data, LogicalError, UserError } from "@vaultwright/core/launch";
import { aclOf } from "../identity/identity-policies.ts";
import { findToken } from "../requests/caller.ts";
import type { Token } from "../tokens/token.ts";
import { textField, textsField } from "./fields.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

/** The paths that say what a token can do. */
export const capabilityRoutes: readonly ApiRoute[] = [
  route(
    "capabilities-self",
    "What the token that asks can do with paths.",
    {
      update: (call) => capabilitiesOf(call, call.caller().token),
    },
    { namespace: "string", path: "array", paths: "array", token: "string" },
  ),
  route(
    "capabilities",
    "What a token can do with paths.",
    { update: (call) => capabilitiesOf(call, byId(call)) },
    { path: "array", paths: "array", token: "string" },
  ),
  route(
    "capabilities-accessor",
    "What the token of an accessor can do with paths.",
    {
      update: (call) => capabilitiesOf(call, byAccessor(call)),
    },
    { accessor: "string", path: "array", paths: "array" },
  ),
];

function byId({ state, data }: ApiCall): Token {
  const id = textField(data, "token");
  if (id === "") throw new LogicalError("unknown", "no token found");
  const token = findToken(state, id);
  if (token === undefined) throw new BadRequest("invalid token");
  return token;
}

function byAccessor({ state, data }: ApiCall): Token {
  const accessor = textField(data, "accessor");
  if (accessor === "") throw new UserError("missing accessor");
  const token = state.tokens.byAccessor(accessor);
  if (token === undefined) throw new BadRequest("invalid accessor");
  return token;
}

function capabilitiesOf({ state, data }: ApiCall, token: Token): { readonly data: Data } {
  const paths = textsField(data, "paths") ?? textsField(data, "path") ?? [];
  if (paths.length === 0) throw new UserError("paths must be supplied");
  const acl = aclOf(state, token);
  const found = paths.map((path) => [path, acl.capabilitiesOf(path.replace(/^\/+/, ""))] as const);
  const [first] = found;
  return { data: { ...Object.fromEntries(found), ...(found.length === 1 && { capabilities: first?.[1] }) } };
}
