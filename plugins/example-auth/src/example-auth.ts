import { authMethod, type Backend, type Mount } from "@vaultwright/core";
import { createMountMemory } from "./mount-memory.ts";
import { configPath } from "./paths/config.ts";
import { loginPath } from "./paths/login.ts";
import { loginUserPath } from "./paths/login-user.ts";
import { userPath } from "./paths/user.ts";
import { userListPath } from "./paths/user-list.ts";
import { userPasswordPath } from "./paths/user-password.ts";
import { userPoliciesPath } from "./paths/user-policies.ts";
import { session } from "./session.ts";

/** Makes the auth method for one mount. */
export function exampleAuth({ system }: Mount, memory = createMountMemory(system.host)): Backend {
  return authMethod({
    help: "Logs in users with passwords. An example to start a method of your own from.",
    paths: [
      configPath(memory),
      userListPath,
      userPath(memory),
      userPasswordPath(memory),
      userPoliciesPath(memory),
      loginUserPath(memory),
      loginPath(memory),
    ],
    token: session,
  });
}
