import { UserError } from "../logical/errors.ts";
import { errorsText } from "../logical/multi-error.ts";
import { goQuote } from "./coerce/go-quote.ts";

const mostKeys = 64;
const longestKey = 128;
const longestValue = 512;
const prefix = "custom_metadata validation failed";

/** Checks metadata of a user's own against the hosts' limits; what is wrong is thrown together as `UserError`. */
export function checkCustomMetadata(metadata: Readonly<Record<string, string>>): void {
  const members = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  // Of so many nothing more is checked, which could take long.
  const faults = members.length > mostKeys ? [tooMany(members.length)] : members.flatMap(faultsOf);
  if (faults.length > 0) throw new UserError(errorsText(faults.map((fault) => `${prefix}: ${fault}`)));
}

function tooMany(count: number): string {
  return `payload must contain at most ${mostKeys} keys, provided ${count}`;
}

function faultsOf([key, value]: readonly [string, string]): readonly string[] {
  const quoted = goQuote(key);
  const faults = [];
  const keyLength = Buffer.byteLength(key);
  const valueLength = Buffer.byteLength(value);
  if (keyLength === 0 || keyLength > longestKey)
    faults.push(`length of key ${quoted} is ${keyLength} but must be 0 < len(key) <= ${longestKey}`);
  if (valueLength === 0 || valueLength > longestValue)
    faults.push(`length of value for key ${quoted} is ${valueLength} but must be 0 < len(value) <= ${longestValue}`);
  if (!isPrintable(key)) faults.push(`key ${quoted} (${key}) contains unprintable characters`);
  if (!isPrintable(value)) faults.push(`value for key ${quoted} contains unprintable characters`);
  return faults;
}

function isPrintable(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u.test(text);
}
