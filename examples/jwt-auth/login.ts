import {
  equivalentPolicies,
  type Path,
  PermissionDenied,
  path,
  remoteAddrIsAllowed,
  type Storage,
  type TokenParameterSet,
  t,
  token,
  UserError,
} from "@vaultwright/core";
import type { JWTPayload } from "jose";
import { storedConfig } from "./config.ts";
import { type Role, roles } from "./roles.ts";
import { readClaims, type Verifier } from "./verifier.ts";

/** The tokens that logins get: each remembers its role, and follows it when it is renewed. */
export const session = token({
  internal: { role: t.string({ required: true }) },
  async renew({ internal, auth, storage }) {
    const { token } = await roleNamed(internal.role, storage);
    if (!equivalentPolicies(token.policies, auth.tokenPolicies ?? auth.policies ?? []))
      throw new UserError("the policies of the role have changed, so log in again");
    return { ttl: token.ttl, maxTtl: token.maxTtl, period: token.period };
  },
});

/** `login`: exchanges a signed token for one of the server's. */
export function loginPath(verifier: Verifier, parameters: TokenParameterSet): Path {
  return path("login", {
    summary: "Log in with a signed token.",
    unauthenticated: true,
    fields: {
      role: t.name({ required: true, description: "The role to log in as." }),
      jwt: t.string({ required: true, description: "The signed token." }),
    },

    async update({ fields, storage, request }) {
      const config = await storedConfig.get(storage);
      if (!config) throw new UserError("nothing is configured yet: write to config first");
      const role = await roleNamed(fields.role, storage);
      const claims = await verifier.verify(fields.jwt, config);
      checkClaims(claims, role);
      if (!remoteAddrIsAllowed(request.connection?.remoteAddr, role.token.boundCidrs)) throw new PermissionDenied();

      const user = userOf(claims, role);
      return session.grant({
        ...parameters.toGrant(role.token, request),
        internal: { role: fields.role },
        alias: user,
        displayName: user,
        metadata: { role: fields.role },
      });
    },

    // Asked before a login, so the token is read here without being believed.
    async aliasLookahead({ fields, storage }) {
      return userOf(readClaims(fields.jwt ?? ""), await roleNamed(fields.role ?? "", storage));
    },
  });
}

async function roleNamed(name: string, storage: Storage): Promise<Role> {
  const role = await roles.get(storage, name);
  if (!role) throw new UserError(`there is no role "${name}"`);
  return role;
}

function checkClaims(claims: JWTPayload, { boundClaims }: Role): void {
  for (const [name, value] of Object.entries(boundClaims))
    if (claims[name] !== value) throw new UserError(`the token's claim "${name}" does not fit the role`);
}

function userOf(claims: JWTPayload, { userClaim }: Role): string {
  const user = claims[userClaim];
  if (typeof user !== "string" || user === "") throw new UserError(`the token has no claim "${userClaim}"`);
  return user;
}
