import { type Context, PermissionDenied, type Response, remoteAddrIsAllowed, UserError } from "@vaultwright/core";
import { readConfig } from "./config.ts";
import type { MountMemory } from "./mount-memory.ts";
import { session } from "./session.ts";
import { userName, users } from "./users.ts";

/** What a login needs of its request. */
export type LoginContext = Pick<Context<unknown>, "request" | "storage" | "signal">;

/** What a user logs in with. */
export interface Credentials {
  /** In the case as typed. */
  readonly username: string;
  readonly password: string;
}

/** Logs in by name and password. */
export async function logInUser(
  credentials: Credentials,
  { parameters, passwords, throttle }: MountMemory,
  { request, storage, signal }: LoginContext,
): Promise<Response> {
  const { password } = credentials;
  const username = userName(credentials.username);
  const { lockout } = await readConfig(storage);
  if (throttle.isLocked(username, lockout)) throw new PermissionDenied();

  const user = await users.get(storage, username);
  const fits = await passwords.verify(password, user?.passwordHash, signal);
  // Asked again, because many guesses may have been waiting for their hashes together.
  if (throttle.isLocked(username, lockout)) throw new PermissionDenied();
  // Unknown names are not counted: anybody can make up any number of them.
  if (user && !fits) throttle.fail(username, lockout);
  // One answer for both, so that nobody learns which names exist.
  if (!user || !fits) throw new UserError("invalid username or password");

  // After the password, for the same reason.
  if (!remoteAddrIsAllowed(request.connection?.remoteAddr, user.token.boundCidrs)) throw new PermissionDenied();
  throttle.clear(username);
  return session.grant({
    ...parameters.toGrant(user.token, request),
    internal: { shared_secret_id: undefined },
    metadata: { username },
    displayName: username,
    alias: username,
  });
}

/** Logs in by the shared secret. Without an alias, the server gives such a login no identity. */
export async function logInShared(
  password: string,
  { passwords, recentSecret }: MountMemory,
  { storage, signal }: LoginContext,
): Promise<Response> {
  const { secret, policies, metadata, ttl, maxTtl } = (await readConfig(storage)).shared;
  if (!secret) throw new PermissionDenied();
  const fits = recentSecret.is(password, secret.hash) || (await passwords.verify(password, secret.hash, signal));
  if (!fits) throw new PermissionDenied();
  recentSecret.remember(password, secret.hash);
  return session.grant({ internal: { shared_secret_id: secret.id }, policies, metadata, ttl, maxTtl });
}
