import type { Context } from "@vaultwright/core";
import { type Secret, versionNumbers } from "./secret.ts";

/** What an event of version 2 says. */
export interface Change {
  readonly operation: string;
  /** The path of the request, below the mount. */
  readonly path: string;
  /** Where the new value can be read, if there is one. */
  readonly dataPath?: string;
  readonly secret?: Secret;
  /** Members that only this kind of event has. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Tells the host's event system of a change. */
export function sendEvent({ events }: Pick<Context<unknown>, "events">, change: Change): void {
  const { operation, path, dataPath, secret, more } = change;
  const metadata = {
    modified: "true",
    operation,
    path,
    ...(dataPath !== undefined && { data_path: dataPath }),
    ...(secret && {
      current_version: String(secret.currentVersion),
      oldest_version: String(secret.oldestVersion),
    }),
    ...more,
  };
  events.send(`kv-v2/${operation}`, { metadata });
}

/** What observations say of a secret's versions. */
export function versionsSeen(secret: Secret): Readonly<Record<string, unknown>> {
  return {
    current_version: secret.currentVersion,
    oldest_version: secret.oldestVersion,
    versions: versionNumbers(secret),
  };
}
