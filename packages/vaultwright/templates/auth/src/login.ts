import { timingSafeEqual } from "node:crypto";
import {
  equivalentPolicies,
  type Path,
  PermissionDenied,
  path,
  remoteAddrIsAllowed,
  type TokenParameterSet,
  t,
  token,
  UserError,
} from "@vaultwright/core";
import { badges, hashSecret } from "./badges.ts";

/** The tokens that logins get: each remembers its badge, and follows it when it is renewed. */
export const session = token({
  internal: { badge: t.string({ required: true }) },
  async renew({ internal, auth, storage }) {
    const badge = await badges.get(storage, internal.badge);
    if (!badge) throw new UserError("the badge is gone");
    if (!equivalentPolicies(badge.token.policies, auth.tokenPolicies ?? auth.policies ?? []))
      throw new UserError("the policies of the badge have changed, so log in again");
    const { ttl, maxTtl, period } = badge.token;
    return { ttl, maxTtl, period };
  },
});

/** `login/NAME`: logs in with a badge's secret. */
export function loginPath(parameters: TokenParameterSet): Path {
  return path("login/:name", {
    summary: "Log in with a badge.",
    unauthenticated: true,
    fields: {
      name: t.name({ description: "Name of the badge." }),
      secret: t.string({ required: true, description: "Its secret." }),
    },

    async update({ fields: { name, secret }, storage, request }) {
      const badge = await badges.get(storage, name);
      // One answer for both, so that nobody learns which badges exist.
      if (!badge || !isSame(hashSecret(secret), badge.secretHash)) throw new UserError("invalid name or secret");
      if (!remoteAddrIsAllowed(request.connection?.remoteAddr, badge.token.boundCidrs)) throw new PermissionDenied();
      return session.grant({
        ...parameters.toGrant(badge.token, request),
        internal: { badge: name },
        alias: name,
        displayName: name,
      });
    },

    aliasLookahead: ({ fields }) => fields.name,
  });
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
