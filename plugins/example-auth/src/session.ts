import {
  equivalentPolicies,
  InternalError,
  type Storage,
  type TokenExtension,
  type TokenKind,
  t,
  token,
} from "@vaultwright/core";
import { readConfig } from "./config.ts";
import { users } from "./users.ts";

/** What the server keeps with a token and gives back on renewal. It is no place for secrets. */
const internal = { shared_secret_id: t.string() };

/** The tokens of this method's logins. */
export const session: TokenKind<typeof internal> = token({
  internal,
  renew({ internal: { shared_secret_id: id }, auth, storage }) {
    if (id !== undefined) return extendShared(id, storage);
    return extendUser(auth.metadata?.get("username") ?? "", auth.tokenPolicies ?? auth.policies ?? [], storage);
  },
});

/** Extends a token of a login by name: it follows the user's settings, but not to other policies. */
async function extendUser(
  name: string,
  policies: readonly string[],
  storage: Storage,
): Promise<TokenExtension | undefined> {
  const user = await users.get(storage, name);
  // The token of a deleted user is not revoked, it ends when it would have ended.
  if (!user) return undefined;
  if (!equivalentPolicies(user.token.policies, policies))
    throw new InternalError("policies have changed, not renewing");
  const { ttl, maxTtl, period } = user.token;
  return { ttl, maxTtl, period };
}

/** Extends a token of a login by the shared secret, as long as that secret is still the one that is configured. */
async function extendShared(secretId: string, storage: Storage): Promise<TokenExtension> {
  const { secret, ttl, maxTtl } = (await readConfig(storage)).shared;
  if (secret?.id !== secretId) throw new InternalError("internal data does not match");
  return { ttl, maxTtl };
}
