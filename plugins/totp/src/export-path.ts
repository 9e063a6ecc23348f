import { randomInt } from "node:crypto";
import { type Path, path, type Storage, t, UserError } from "@vaultwright/core";
import { findKey } from "./find-key.ts";
import { accountOfKey } from "./migration/account.ts";
import { makeMigrationUrl } from "./migration/migration-url.ts";
import type { Account } from "./migration/payload.ts";
import { drawBarcode, pictureFormats } from "./picture.ts";

/** As many as apps put into one picture, so that it can still be scanned. */
const accountsPerUrl = 10;

/** The path that gives keys out again, in the form that authenticator apps import. */
export const exportPath: Path = path("export", {
  summary: "Export keys for an authenticator app.",
  description:
    "Gives otpauth-migration URLs, and QR codes of them, for keys that were made exportable. Whoever may write here can " +
    "read the secrets of these keys.",
  fields: {
    keys: t.commaStrings({ required: true, description: "The names of the keys." }),
    qr_size: t.int({ default: 400, description: "Width and height of the QR codes in pixels; 0 for none." }),
    qr_format: t.oneOf(pictureFormats, { default: "png", description: "What QR codes are drawn as." }),
  },
  async update({ fields, storage }) {
    const names = [...new Set(fields.keys)];
    if (names.length === 0) throw new UserError("the keys value is required");
    if (fields.qr_size < 0) throw new UserError("the qr_size value must be greater than or equal to zero");
    const accounts: Account[] = [];
    for (const name of names) accounts.push(await exportAccount(storage, name));
    const size = Math.ceil(accounts.length / accountsPerUrl);
    const id = randomInt(2 ** 31);
    const urls = Array.from({ length: size }, (_, index) => {
      const some = accounts.slice(index * accountsPerUrl, (index + 1) * accountsPerUrl);
      return makeMigrationUrl(some, { size, index, id });
    });
    return { data: fields.qr_size === 0 ? { urls } : { urls, barcodes: urls.map((url) => drawBarcode(url, fields)) } };
  },
});

async function exportAccount(storage: Storage, name: string): Promise<Account> {
  const key = await findKey(storage, name);
  if (!key.exportable) throw new UserError(`the key ${name} is not exportable`);
  return accountOfKey(key, `the key ${name}`);
}
