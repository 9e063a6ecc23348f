import { entry, type Storage } from "@vaultwright/core";
import type { Lockout } from "./throttle.ts";

/** The settings of a mount. */
export interface Config {
  readonly lockout: Lockout;
  readonly shared: SharedLogin;
}

/** The login that needs nothing but a secret which all its users share. Times are seconds. */
export interface SharedLogin {
  /** Absent: nobody can log in this way. The id is new for each new secret, and kept with the tokens. */
  readonly secret?: { readonly id: string; readonly hash: string };
  readonly policies: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly ttl: number;
  readonly maxTtl: number;
}

/** The settings of a mount on which none were written. */
const defaults: Config = {
  lockout: { threshold: 5, duration: 900, counterReset: 900 },
  shared: { policies: ["my-policy", "other-policy"], metadata: { fruit: "banana" }, ttl: 30, maxTtl: 3600 },
};

/** Where the settings are stored. */
export const storedConfig = entry<Config>("config");

/** Reads the settings of a mount. */
export async function readConfig(storage: Storage): Promise<Config> {
  return (await storedConfig.get(storage)) ?? defaults;
}
