import type { Host } from "../logical/system-view.ts";
import type { PluginEnvironment } from "../rpc/environment.ts";

/** Prefixes of the host's variables, the preferred one first: OpenBao sets both, so that its own tells it apart. */
export const hostPrefixes: readonly string[] = ["BAO_", "VAULT_"];

/** Tells which product started this process. */
export function hostOf({ hostPrefix, hostVersion }: Pick<PluginEnvironment, "hostPrefix" | "hostVersion">): Host {
  return { kind: hostPrefix === "BAO_" ? "openbao" : "vault", version: hostVersion };
}
