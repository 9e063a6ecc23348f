import {
  entries,
  type Storage,
  sanitizePolicies,
  type TokenParameterSet,
  type TokenParameters,
} from "@vaultwright/core";
import { type NamedTwice, type OldName, shownOldNames, underPresentNames } from "./old-names.ts";

/** A user as it is stored. */
export interface User {
  readonly passwordHash: string;
  /** How the tokens of the user's logins are made. */
  readonly token: TokenParameters;
  readonly oldNames: readonly OldName[];
}

const stored = entries<User>("user/");

/** The users of a mount. Names may come in any case. */
export const users = {
  get: (storage: Storage, name: string): Promise<User | undefined> => stored.get(storage, userName(name)),
  put: (storage: Storage, name: string, user: User): Promise<void> => stored.put(storage, userName(name), user),
  delete: (storage: Storage, name: string): Promise<void> => stored.delete(storage, userName(name)),
  list: stored.list,
  /** The key of a user in storage, under which changes of the user wait for each other. */
  keyOf: (name: string): string => stored.key + userName(name),
};

/**
 * Gives a user's name as it is stored, counted and shown. Whatever starts with a name must go through here: a name in
 * another case would otherwise have a lockout counter and an identity of its own.
 */
export function userName(name: string): string {
  return name.toLowerCase();
}

/** Applies the token fields of a request to a user, or to a new one; what is wrong with them is thrown. */
export function changedToken(
  parameters: TokenParameterSet,
  fields: NamedTwice,
  user?: User,
): Pick<User, "token" | "oldNames"> {
  const token = parameters.parse(underPresentNames(fields), user?.token);
  return {
    // As the server writes them, so that a renewal compares like with like.
    token: { ...token, policies: sanitizePolicies(token.policies) },
    oldNames: shownOldNames(fields, user?.oldNames ?? []),
  };
}
