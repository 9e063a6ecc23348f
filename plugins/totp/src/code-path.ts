import {
  CodedError,
  InternalError,
  type LogicalError,
  type Path,
  path,
  type Storage,
  t,
  UserError,
} from "@vaultwright/core";
import { decodeBase32, IllegalBase32, padBase32 } from "./base32.ts";
import { type Key, keyFromStored, keys } from "./keys.ts";
import { codeAt, isValidCode } from "./one-time-code.ts";
import type { UsedCodes } from "./used-codes.ts";

/** What the path of codes needs of its mount. */
export interface CodePathOptions {
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly usedCodes: UsedCodes;
}

/** Makes the path that generates and validates codes. */
export function codePath({ now, usedCodes }: CodePathOptions): Path {
  return path("code/:name", {
    summary: "Generate a code, or validate one.",
    description:
      "Reading gives the code of this moment. Writing a code says whether it is valid. A code that was written is " +
      "refused until its time is over, so that nobody can use it again.",
    fields: {
      name: t.nameWithAt({ description: "Name of the key." }),
      code: t.string({ description: "The code to validate." }),
    },
    async read({ fields, storage }) {
      const key = await findKey(storage, fields.name);
      const secret = decodeSecret(key, () => new InternalError("Decoding of secret as base32 failed."));
      return { data: { code: codeAt({ ...key, secret }, now()) } };
    },
    async update({ fields, storage }) {
      const code = (fields.code ?? "").trim();
      if (code === "") throw new UserError("the code value is required");
      const key = await findKey(storage, fields.name);
      const secret = decodeSecret(key, () => new UserError("an error occurred while validating the code"));
      const valid = isValidCode({ ...key, secret }, code, now());
      const lifetime = key.period * (2 + key.skew);
      const outcome = usedCodes.claim({ key: fields.name, code, isValid: valid, lifetime });
      if (outcome === "used") throw new UserError("code already used; wait until the next time period");
      if (outcome === "full") throw new CodedError(429, "too many codes were used lately; try again later");
      return { data: { valid } };
    },
  });
}

async function findKey(storage: Storage, name: string): Promise<Key> {
  const stored = await keys.get(storage, name);
  if (stored === undefined) throw new UserError(`unknown key: ${name}`);
  return keyFromStored(stored);
}

/** A stored secret was checked before; this is for keys that something else than this engine wrote. */
function decodeSecret({ secret }: Key, refusal: () => LogicalError): Uint8Array {
  try {
    return decodeBase32(padBase32(secret.trim()));
  } catch (error) {
    throw error instanceof IllegalBase32 ? refusal() : error;
  }
}
