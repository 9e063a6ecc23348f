import { CodedError, type Context, UserError } from "@vaultwright/core";
import { decodeSecret, findKey } from "./find-key.ts";
import { type KeyUse, keyUses, useAt } from "./key-use.ts";
import type { Key } from "./keys.ts";
import { observe } from "./observe.ts";
import { isValidCode } from "./one-time-code.ts";
import type { WrongCodes } from "./wrong-codes.ts";

/** A code that somebody offers for a key. */
interface Offer {
  readonly name: string;
  readonly code?: string | undefined;
}

/** What the validation of codes needs of its mount. */
export interface ValidationOptions {
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly wrongCodes: WrongCodes;
}

/**
 * Says whether a code is right, and sees to it that this is said of it once. Nothing else may work on the key meanwhile.
 *
 * A right code is stored before it is accepted. On a node that may not write, this makes the host ask the one that may,
 * so that all nodes have one memory, and it outlives them.
 */
export async function validateCode(context: Context<Offer>, options: ValidationOptions): Promise<boolean> {
  const { storage, fields } = context;
  const { name } = fields;
  // Both at once, since neither has to be known to ask for the other.
  const [{ key, code }, stored] = await Promise.all([readOffer(context), keyUses.get(storage, name)]);
  const time = options.now();
  const use = useAt(stored, time);
  if (isLocked(key, use)) throw new CodedError(429, "too many wrong codes; try again later");
  if (use.accepted.some((accepted) => accepted.code === code) || options.wrongCodes.has(name, code, time))
    throw new UserError("code already used; wait until the next time period");
  const secret = decodeSecret(key, () => new UserError("an error occurred while validating the code"));
  const valid = isValidCode({ ...key, secret }, code, time);
  const expires = time + key.period * (2 + key.skew);
  if (valid) await keyUses.put(storage, name, { accepted: [...use.accepted, { code, expires }] });
  if (!valid && key.lockoutThreshold > 0) await keyUses.put(storage, name, withWrongCode(use, key, time));
  if (!valid) options.wrongCodes.add(name, code, time, expires);
  observe(context, "code/validate", { key_name: name, valid });
  return valid;
}

/** Gives the code and its key, in the order of the checks of the host's own engine. */
async function readOffer({ storage, system, fields }: Context<Offer>): Promise<{ key: Key; code: string }> {
  const { name, code = "" } = fields;
  const required = "the code value is required";
  if (system.host.kind === "vault") {
    const trimmed = code.trim();
    if (trimmed === "") throw new UserError(required);
    return { key: await findKey(storage, name), code: trimmed };
  }
  const key = await findKey(storage, name);
  if (code === "") throw new UserError(required);
  if (code !== code.trim() || Buffer.byteLength(code) !== key.digits)
    throw new UserError("invalid number of digits for the code");
  return { key, code };
}

function isLocked({ lockoutThreshold }: Key, { wrong }: KeyUse): boolean {
  return lockoutThreshold > 0 && (wrong?.count ?? 0) >= lockoutThreshold;
}

function withWrongCode({ accepted, wrong }: KeyUse, { lockoutDuration }: Key, time: number): KeyUse {
  return { accepted, wrong: { count: (wrong?.count ?? 0) + 1, expires: time + lockoutDuration } };
}
