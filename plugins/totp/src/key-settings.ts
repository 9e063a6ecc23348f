import { UserError } from "@vaultwright/core";
import type { Key } from "./keys.ts";
import { algorithms } from "./one-time-code.ts";
import { readOtpauthUrl } from "./otpauth-url.ts";

/** What a caller asks for when a key is made. */
export interface KeyWish {
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  readonly issuer?: string | undefined;
  readonly account_name?: string | undefined;
  readonly algorithm: string;
  readonly period: number;
  readonly digits: number;
  readonly skew: number;
  readonly key_size: number;
  readonly qr_size: number;
}

/**
 * Reads and checks the settings of a new key. The secret is what the caller gave, not yet checked. Sizes are checked even
 * where they are not used, as the plugin in Go does.
 */
export function readKeySettings(wish: KeyWish): Key {
  const { key = "", issuer = "", account_name = "", algorithm, period, digits, skew, key_size, qr_size } = wish;
  const fields = { secret: key, issuer, accountName: account_name, algorithm, period, digits };
  const settings = wish.url ? { ...fields, ...readUrl(wish.url) } : fields;
  if (settings.digits !== 6 && settings.digits !== 8) throw new UserError("the digits value can only be 6 or 8");
  const known = algorithms.find((name) => name === settings.algorithm);
  if (known === undefined) throw new UserError("the algorithm value is not valid");
  if (settings.period <= 0) throw new UserError("the period value must be greater than zero");
  if (skew !== 0 && skew !== 1) throw new UserError("the skew value must be 0 or 1");
  if (qr_size < 0) throw new UserError("the qr_size value must be greater than or equal to zero");
  if (key_size <= 0) throw new UserError("the key_size value must be greater than zero");
  return { ...settings, algorithm: known, skew };
}

function readUrl(text: string): Partial<Omit<Key, "algorithm" | "skew"> & { algorithm: string }> {
  const url = readOtpauthUrl(text);
  if (url === undefined) throw new UserError("an error occurred while parsing url string");
  const { period, digits, ...rest } = url;
  return {
    ...rest,
    ...(period && { period: readInteger("period", period) }),
    ...(digits && { digits: readInteger("digits", digits) }),
  };
}

function readInteger(name: string, text: string): number {
  if (!/^[+-]?\d{1,15}$/.test(text)) throw new UserError(`an error occurred while parsing ${name} value in url`);
  return Number(text);
}
