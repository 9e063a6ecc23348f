import { authMethod, type Backend, type Mount, tokenParameters } from "@vaultwright/core";
import { configPath } from "./config.ts";
import { loginPath, session } from "./login.ts";
import { rolePath, rolesPath } from "./roles.ts";
import { createVerifier } from "./verifier.ts";

/** An auth method for callers that another system has already named: they log in with a token which it signed. */
export function jwtAuth({ system }: Mount): Backend {
  // Made here and not in a module: one process serves many mounts, and each trusts its own issuer.
  const verifier = createVerifier();
  const parameters = tokenParameters(system.host);
  return authMethod({
    help: "Logs in with a signed token (JWT).",
    paths: [configPath, rolesPath, rolePath(parameters), loginPath(verifier, parameters)],
    token: session,
  });
}
