import { randomBytes } from "node:crypto";
import { type Factory, secretsEngine } from "@vaultwright/core";
import { codePath } from "./code-path.ts";
import type { RandomBytes } from "./generated-key.ts";
import { keyList } from "./key-list.ts";
import { keyPath } from "./key-path.ts";
import { keys } from "./keys.ts";
import { createUsedCodes } from "./used-codes.ts";

/** What tests replace. */
export interface TotpOptions {
  /** Seconds since 1970. */
  readonly now?: () => number;
  readonly randomBytes?: RandomBytes;
}

/** Makes the engine for time-based one-time codes. */
export function createTotp(options: TotpOptions = {}): Factory {
  const { now = () => Date.now() / 1000, randomBytes: random = randomBytes } = options;
  return () =>
    secretsEngine({
      help: "Makes and checks time-based one-time codes (TOTP). A key is kept here, or generated here, under a name.",
      paths: [keyList, keyPath(random), codePath({ now, usedCodes: createUsedCodes({ now }) })],
      stored: [keys],
    });
}

/** The engine for time-based one-time codes, with the clock and the randomness of this machine. */
export const totp: Factory = createTotp();
