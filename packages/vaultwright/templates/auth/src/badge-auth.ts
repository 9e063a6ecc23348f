import { authMethod, type Backend, type Mount, tokenParameters } from "@vaultwright/core";
import { badgePath, badgesPath } from "./badges.ts";
import { loginPath, session } from "./login.ts";

/** The auth method: the paths that it answers, and what its tokens are like. */
export function badgeAuth({ system }: Mount): Backend {
  const parameters = tokenParameters(system.host);
  return authMethod({
    help: "Logs in with a badge.",
    paths: [badgesPath, badgePath(parameters), loginPath(parameters)],
    token: session,
  });
}
