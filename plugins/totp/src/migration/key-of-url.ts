import { LogicalError, UserError } from "@vaultwright/core";
import { givenKey } from "../given-key.ts";
import { readKeySettings } from "../key-settings.ts";
import type { Key } from "../keys.ts";

/** What apps take for granted where a URL says nothing, and the settings of a key that URLs have no place for. */
const usual = {
  ...{ algorithm: "SHA1", period: 30, digits: 6, skew: 1, key_size: 20, qr_size: 0 },
  ...{ exported: true, exportable: false, show_expiry: false, lockout_threshold: 0, lockout_duration: 1 },
};

/** Makes a key of the otpauth URL of an authenticator app; `called` is what refusals call the URL. */
export function keyOfUrl(url: string, called: string): Key {
  if (!/^otpauth:\/\/totp\//i.test(url)) throw new UserError(`${called} is not time-based`);
  try {
    return givenKey(readKeySettings({ ...usual, url }));
  } catch (error) {
    const failure = LogicalError.find(error);
    throw failure ? new UserError(`${called}: ${failure.message}`, { cause: error }) : error;
  }
}
