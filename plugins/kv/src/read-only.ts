import { type Backend, type Log, UserError } from "@vaultwright/core";

const changes: readonly string[] = ["create", "update", "patch", "delete", "recover"];

const refusal =
  "this mount was tuned to version 2 of the key/value store, which this plugin does not have: " +
  "it can be read as version 1 and not be changed; copy what it holds to a new mount";

/**
 * Serves a mount that was tuned to version 2. Hosts store that option before they ask the plugin, answer with success
 * whatever it says, and never take the option back. Were the plugin to refuse, the mount would be out of reach from the
 * next start on, and could not even be disabled; were it to go on as version 1, nobody would notice.
 */
export function readOnly(backend: Backend, log: Log): Backend {
  log.warn(refusal);
  return {
    ...backend,
    async handleRequest(request, call) {
      if (changes.includes(request.operation)) throw new UserError(refusal);
      return backend.handleRequest(request, call);
    },
  };
}
