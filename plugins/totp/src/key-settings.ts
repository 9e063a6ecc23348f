import { UserError } from "@vaultwright/core";
import type { Key } from "./keys.ts";
import { algorithms } from "./one-time-code.ts";
import { readOtpauthUrl, type UrlParts } from "./otpauth-url.ts";

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
  readonly exported: boolean;
  readonly exportable: boolean;
  readonly show_expiry: boolean;
  readonly lockout_threshold: number;
  readonly lockout_duration: number;
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
  return { ...settings, algorithm: known, skew, ...readAdditions(wish) };
}

/** Reads the settings that the plugin in Go lacks, after all others. */
function readAdditions(wish: KeyWish): Pick<Key, "exportable" | "showExpiry" | "lockoutThreshold" | "lockoutDuration"> {
  const { exported, exportable, show_expiry, lockout_threshold, lockout_duration } = wish;
  if (exportable && !exported) throw new UserError("the exportable value must be false if exported is false");
  if (lockout_threshold < 0) throw new UserError("the lockout_threshold value must be greater than or equal to zero");
  if (lockout_duration <= 0) throw new UserError("the lockout_duration value must be greater than zero");
  const lockout = { lockoutThreshold: lockout_threshold, lockoutDuration: lockout_duration };
  return { exportable, showExpiry: show_expiry, ...lockout };
}

function readUrl(text: string): Partial<Omit<UrlParts, "algorithm"> & { readonly algorithm: string }> {
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
