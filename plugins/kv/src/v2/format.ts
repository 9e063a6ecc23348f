import type { AnySchema } from "@vaultwright/core";

/** What every stored record has: the version of its format, so that a later plugin knows what it reads. */
export interface Stored {
  readonly v: 1;
}

/** Refuses records of formats that are not known; what is known was written by this plugin. */
export function knownFormat<T extends Stored>(): AnySchema<T> {
  return {
    "~standard": {
      version: 1,
      vendor: "vault-plugin-secrets-kv",
      validate: (value) =>
        isKnown<T>(value) ? { value } : { issues: [{ message: "it was stored by a newer version of this plugin" }] },
    },
  };
}

function isKnown<T extends Stored>(value: unknown): value is T {
  return typeof value === "object" && value !== null && "v" in value && value.v === 1;
}
