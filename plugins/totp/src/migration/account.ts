import { UserError } from "@vaultwright/core";
import { encodeBase32, padBase32 } from "../base32.ts";
import type { Key } from "../keys.ts";
import { type Algorithm, algorithms } from "../one-time-code.ts";
import { secretBytes } from "../plain-secret.ts";
import { checkSecretSize } from "../secret-size.ts";
import type { Account } from "./payload.ts";

/** The period of all keys that apps exchange, in seconds; the format has no place for another. */
const period = 30;
/** The numbers of the format; zero stands for what is usual. */
const timeBased = 2;
const digitCounts: ReadonlyMap<number, number> = new Map([
  [0, 6],
  [1, 6],
  [2, 8],
]);

/** Makes a key of an account of an authenticator app; `called` is what refusals call it. */
export function keyOfAccount(account: Account, called: string): Key {
  const { secret, type } = account;
  if (type !== 0 && type !== timeBased) throw new UserError(`${called} is not time-based`);
  const algorithm = algorithmOf(account.algorithm);
  if (algorithm === undefined) throw new UserError(`${called} has an algorithm that is not supported`);
  const digits = digitCounts.get(account.digits);
  if (digits === undefined) throw new UserError(`${called} has a number of digits that is not supported`);
  if (secret.length === 0) throw new UserError(`${called} has no secret`);
  checkSecretSize(secret);
  const stored = padBase32(encodeBase32(secret));
  const ours = { skew: 1, exportable: false, showExpiry: false, lockoutThreshold: 0, lockoutDuration: 0 };
  return { ...namesOf(account), secret: stored, period, algorithm, digits, ...ours };
}

/** Makes an account of a key, which is called by its own name in refusals. */
export function accountOfKey(key: Key, called: string): Account {
  if (key.period !== period)
    throw new UserError(
      `${called} cannot be exported: authenticator apps exchange keys with a period of 30 seconds only`,
    );
  return {
    secret: Buffer.from(secretBytes(key, called)),
    name: key.accountName,
    issuer: key.issuer,
    algorithm: algorithms.indexOf(key.algorithm) + 1,
    digits: key.digits === 8 ? 2 : 1,
    type: timeBased,
  };
}

function algorithmOf(number: number): Algorithm | undefined {
  return algorithms[Math.max(number, 1) - 1];
}

/** Many apps write the issuer before the name once more. */
function namesOf({ name, issuer }: Account): Pick<Key, "issuer" | "accountName"> {
  const colon = name.indexOf(":");
  const prefix = name.slice(0, Math.max(colon, 0));
  if (colon === -1 || (issuer !== "" && prefix !== issuer)) return { issuer, accountName: name };
  return { issuer: prefix, accountName: name.slice(colon + 1).trimStart() };
}
