import { randomBytes } from "node:crypto";
import { createLocks, type Factory, isWriteSafe, secretsEngine } from "@vaultwright/core";
import { codePath } from "./code-path.ts";
import { deletedKeys, forgetDeletedKeys } from "./deleted-keys.ts";
import { exportPath } from "./export-path.ts";
import type { RandomBytes } from "./generated-key.ts";
import { importPath } from "./import-path.ts";
import { keyList } from "./key-list.ts";
import { keyPath } from "./key-path.ts";
import { keyUses } from "./key-use.ts";
import { keys } from "./keys.ts";
import { createWrongCodes } from "./wrong-codes.ts";

/** What tests replace. */
export interface TotpOptions {
  /** Seconds since 1970. */
  readonly now?: () => number;
  readonly randomBytes?: RandomBytes;
}

/** Makes the engine for time-based one-time codes. */
export function createTotp(options: TotpOptions = {}): Factory {
  const { now = () => Date.now() / 1000, randomBytes: random = randomBytes } = options;
  return () => {
    // Held by name while a key is validated, deleted or made again, so that two requests never see the same moment.
    const locks = createLocks();
    return secretsEngine({
      help: "Makes and checks time-based one-time codes (TOTP). A key is kept here, or generated here, under a name.",
      paths: [
        keyList,
        keyPath({ now, locks, randomBytes: random }),
        codePath({ now, locks, wrongCodes: createWrongCodes() }),
        importPath(locks),
        exportPath,
      ],
      stored: [keys, keyUses, deletedKeys],
      async periodic({ storage, system }) {
        if (await isWriteSafe(system)) await forgetDeletedKeys(storage, locks, now());
      },
    });
  };
}

/** The engine for time-based one-time codes, with the clock and the randomness of this machine. */
export const totp: Factory = createTotp();
