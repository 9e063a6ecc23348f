import type { Backend } from "../logical/backend.ts";
import { LogicalError, UserError } from "../logical/errors.ts";
import type { Request } from "../logical/request.ts";
import type { Secret } from "../logical/secret.ts";
import { DefinitionError } from "./definition-error.ts";
import { own } from "./own.ts";
import { makeBackend, type PluginDefinition } from "./plugin.ts";
import type { SecretAnswers } from "./secret.ts";

/** What a secrets engine is. */
export interface SecretsEngineDefinition extends PluginDefinition {
  /** The kinds of leased secret that its paths issue. */
  readonly secrets?: readonly SecretAnswers[];
}

/** Defines a secrets engine. */
export function secretsEngine(definition: SecretsEngineDefinition): Backend {
  const { secrets = [], ...plugin } = definition;
  const byName = new Map(secrets.map((secret) => [secret.name, secret]));
  if (byName.size < secrets.length) throw new DefinitionError("two secrets have the same name");
  return makeBackend("secret", {
    ...plugin,
    async renew(request, call) {
      if (request.auth) throw new UserError("this auth type doesn't support renew");
      const secret = secretOf(request);
      return answerer(byName, secret).renew(secret, request, call);
    },
    async revoke(request, call) {
      const secret = secretOf(request);
      await answerer(byName, secret).revoke(secret, request, call);
    },
    checkIssued({ secret }) {
      const name = secret && kindOf(secret);
      // A lease that an author made by hand has no kind, and may be meant to end by itself.
      if (name !== undefined && !byName.has(name))
        throw new TypeError(`secret "${name}" is not among the secrets of the definition, so nothing could revoke it`);
    },
  });
}

function secretOf(request: Request): Secret {
  if (!request.secret) throw new LogicalError("unknown", "request has no secret");
  return request.secret;
}

function kindOf({ internalData = {} }: Secret): string | undefined {
  const name = own(internalData, "secret_type");
  return typeof name === "string" ? name : undefined;
}

function answerer(byName: ReadonlyMap<string, SecretAnswers>, secret: Secret): SecretAnswers {
  const name = kindOf(secret);
  const found = name === undefined ? undefined : byName.get(name);
  if (!found) throw new LogicalError("unknown", "secret is unsupported by this backend");
  return found;
}
