import type { Backend } from "../logical/backend.ts";
import { LogicalError, UserError } from "../logical/errors.ts";
import { makeBackend, type PluginDefinition } from "./plugin.ts";
import type { TokenAnswers } from "./token.ts";

/** What an auth method is. */
export interface AuthMethodDefinition extends PluginDefinition {
  /** The tokens that its logins grant; without, they cannot be renewed. */
  readonly token?: TokenAnswers;
}

/** Defines an auth method. */
export function authMethod(definition: AuthMethodDefinition): Backend {
  const { token, ...plugin } = definition;
  return makeBackend("auth", {
    ...plugin,
    async renew(request, call) {
      if (!request.auth) throw new LogicalError("unknown", request.secret ? unsupported : "request auth was nil");
      if (!token) throw new UserError("this auth type doesn't support renew");
      return token.renew(request.auth, request, call);
    },
    async revoke(request) {
      throw new LogicalError("unknown", request.secret ? unsupported : "request has no secret");
    },
  });
}

const unsupported = "secret is unsupported by this backend";
