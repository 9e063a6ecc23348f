import { BadRequest, UserError } from "@vaultwright/core/launch";
import { findToken } from "../requests/caller.ts";
import type { HostResponse } from "../requests/context.ts";
import { renewToken } from "../tokens/renew-token.ts";
import type { Token } from "../tokens/token.ts";
import { incrementField, textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, accepted, denied, listOf, route } from "./route.ts";
import { createToken, createTokenOfRole } from "./token-create.ts";
import { tokenInfo } from "./token-info.ts";
import { tokenRoleRoutes } from "./token-roles.ts";

/** A token that a call is about, and its text where the client knows it. */
interface Named {
  readonly token: Token;
  readonly id: string;
}

const createFields = {
  display_name: "string",
  entity_alias: "string",
  explicit_max_ttl: "string",
  id: "string",
  lease: "string",
  meta: "object",
  no_default_policy: "boolean",
  no_parent: "boolean",
  num_uses: "integer",
  period: "string",
  policies: "array",
  renewable: "boolean",
  ttl: "string",
  type: "string",
} as const;
const tokenField = { token: "string" } as const;
const accessorField = { accessor: "string" } as const;
const renewFields = { increment: "string", token: "string" } as const;

/** The paths below `auth/token/`. */
export const tokenRoutes: readonly ApiRoute[] = [
  route("create", "Make a token.", { update: (call) => createToken(call, { isOrphan: false }) }, createFields),
  route("create/:role_name", "Make a token within what a role allows.", { update: createTokenOfRole }, createFields),
  route(
    "create-orphan",
    "Make a token without a parent.",
    { update: (call) => createToken(call, { isOrphan: true }) },
    createFields,
  ),
  route("lookup", "Look at a token.", { read: (call) => lookUp(call, bySelf(call)), update: lookUpNamed }, tokenField),
  route(
    "lookup-self",
    "Look at the token that asks.",
    {
      read: (call) => lookUp(call, bySelf(call)),
      update: (call) => lookUp(call, bySelf(call)),
    },
    tokenField,
  ),
  route(
    "lookup-accessor",
    "Look at the token of an accessor.",
    { update: (call) => lookUp(call, byAccessor(call)) },
    accessorField,
  ),
  route(
    "renew",
    "Renew a token.",
    {
      update: (call) =>
        renew(
          call,
          byId(call, () => refused("token not found")),
        ),
    },
    renewFields,
  ),
  route("renew-self", "Renew the token that asks.", { update: renewSelf }, renewFields),
  route(
    "renew-accessor",
    "Renew the token of an accessor.",
    { update: (call) => renew(call, byAccessor(call)) },
    { accessor: "string", increment: "string" },
  ),
  route("revoke", "Revoke a token and what was made with it.", { update: revokeNamed }, tokenField),
  route("revoke-self", "Revoke the token that asks and what was made with it.", {
    update: (call) => revoke(call, bySelf(call)),
  }),
  route(
    "revoke-accessor",
    "Revoke the token of an accessor and what was made with it.",
    { update: revokeByAccessor },
    accessorField,
  ),
  route("revoke-orphan", "Revoke a token and leave what was made with it.", { update: revokeOrphaning }, tokenField),
  route("accessors", "List the accessors of all tokens.", { list: ({ state }) => listOf(state.tokens.accessors()) }),
  route("tidy", "Clean up what broken tokens left, of which this server has none.", { update: tidy }),
  ...tokenRoleRoutes,
];

/** The paths below `auth/token/` that need `sudo`. */
export const tokenSudoPaths: readonly string[] = ["revoke-orphan", "accessors/"];

function bySelf(call: ApiCall): Named {
  const { token, id } = call.caller();
  return { token, id };
}

function byId({ state, data }: ApiCall, unknown: () => never): Named {
  const id = textField(data, "token");
  if (id === "") throw new UserError("missing token ID");
  return { token: findToken(state, id) ?? unknown(), id };
}

function byAccessor({ state, data }: ApiCall): Named {
  const accessor = textField(data, "accessor");
  if (accessor === "") throw new BadRequest("missing accessor");
  const token = state.tokens.byAccessor(accessor);
  if (token === undefined) throw new BadRequest("invalid accessor");
  return { token, id: "" };
}

function refused(text: string): never {
  throw new UserError(text);
}

function lookUpNamed(call: ApiCall) {
  return lookUp(call, textField(call.data, "token") === "" ? bySelf(call) : byId(call, () => denied("bad token")));
}

function lookUp({ state }: ApiCall, { token, id }: Named) {
  return { data: tokenInfo(state, state.tokens.byKey(token.key) ?? token, id) };
}

/** Hosts do not find a token any more whose last use this is. */
function renewSelf(call: ApiCall) {
  const named = bySelf(call);
  return named.token.numUses === 1 ? refused("token not found") : renew(call, named);
}

function renew({ state, data, context }: ApiCall, { token, id }: Named) {
  const increment = incrementField(data) ?? 0;
  return renewToken(state, token, { increment, request: context.request, id });
}

function revoke({ state }: ApiCall, { token }: Named): undefined {
  if (token.type === "batch") throw new UserError("batch tokens cannot be revoked");
  state.tokenRevocation.revokeTree(token);
  return undefined;
}

/** A token that there is not, is as good as revoked. */
function revokeNamed(call: ApiCall): undefined {
  const id = textField(call.data, "token");
  if (id === "") throw new UserError("missing token ID");
  const token = findToken(call.state, id);
  return token === undefined ? undefined : revoke(call, { token, id });
}

function revokeByAccessor(call: ApiCall): HostResponse | undefined {
  const accessor = textField(call.data, "accessor");
  if (accessor === "") throw new BadRequest("missing accessor");
  const token = call.state.tokens.byAccessor(accessor);
  if (token === undefined) return { warnings: ["No token found with this accessor"] };
  return revoke(call, { token, id: "" });
}

function revokeOrphaning(call: ApiCall): undefined {
  const { token } = byId(call, () => refused("token to revoke not found"));
  if (token.type === "batch") throw new UserError("batch tokens cannot be revoked");
  call.state.tokenRevocation.revokeOrphaning(token);
  return undefined;
}

function tidy(call: ApiCall): HostResponse {
  const text =
    "Tidy operation successfully started. Any information from the operation will be printed to Vault's server logs.";
  return accepted(call, { warnings: [text] });
}
