import { type HostKind, type Path, path, type Storage, t, UserError } from "@vaultwright/core";
import { findKey } from "./find-key.ts";
import { type Key, keyFromStored, keys } from "./keys.ts";
import { accountOfKey } from "./migration/account.ts";
import { makeMigrationUrls } from "./migration/migration-url.ts";
import { makeOtpauthUrl } from "./otpauth-url.ts";
import { drawBarcode, pictureFormats } from "./picture.ts";
import { plainSecret } from "./plain-secret.ts";

/** As many as can be imported at once. */
const mostKeys = 1000;

/** So many are drawn in a second or two, during which nothing else is answered. */
const mostPictures = 100;

/** A key with its name. */
type Named = readonly [name: string, key: Key];

/** The path that gives keys out again, in forms that authenticator apps import. */
export const exportPath: Path = path("export", {
  summary: "Export keys for an authenticator app.",
  description:
    "Gives URLs, and QR codes of them, for keys that were made exportable: otpauth-migration URLs for up to ten keys each, " +
    "or an otpauth URL for each key. Whoever may write here can read the secrets of these keys.",
  fields: {
    keys: t.commaStrings({ description: "The names of the keys; without it all that are exportable." }),
    format: t.oneOf(["migration", "otpauth"], { default: "migration", description: "The form of the URLs." }),
    qr_size: t.int({ default: 400, description: "Width and height of the QR codes in pixels; 0 for none." }),
    qr_format: t.oneOf(pictureFormats, { default: "png", description: "What QR codes are drawn as." }),
  },
  async update({ fields, storage, system }) {
    if (fields.qr_size < 0) throw new UserError("the qr_size value must be greater than or equal to zero");
    const named = await (fields.keys ? keysOf(storage, fields.keys) : allKeys(storage));
    if (named.length === 0) throw new UserError("there is no key to export");
    if (named.length > mostKeys) throw new UserError(`not more than ${mostKeys} keys can be exported at once`);
    const urls = fields.format === "otpauth" ? otpauthUrls(named, system.host.kind) : migrationUrls(named);
    if (fields.qr_size === 0) return { data: { urls } };
    if (urls.length > mostPictures)
      throw new UserError(`not more than ${mostPictures} QR codes can be drawn at once; set qr_size to 0 for none`);
    return { data: { urls, barcodes: urls.map((url) => drawBarcode(url, fields)) } };
  },
});

async function keysOf(storage: Storage, names: readonly string[]): Promise<readonly Named[]> {
  const found: Named[] = [];
  for (const name of new Set(names)) {
    const key = await findKey(storage, name);
    if (!key.exportable) throw new UserError(`the key ${name} is not exportable`);
    found.push([name, key]);
    if (found.length > mostKeys) return found;
  }
  return found;
}

/** Stops as soon as there are too many. */
async function allKeys(storage: Storage): Promise<readonly Named[]> {
  const found: Named[] = [];
  for (const name of await keys.list(storage)) {
    const stored = await keys.get(storage, name);
    if (stored?.exportable) found.push([name, keyFromStored(stored)]);
    if (found.length > mostKeys) return found;
  }
  return found;
}

function otpauthUrls(named: readonly Named[], host: HostKind): readonly string[] {
  return named.map(([name, key]) => makeOtpauthUrl({ ...key, secret: plainSecret(key, `the key ${name}`) }, host));
}

function migrationUrls(named: readonly Named[]): readonly string[] {
  return makeMigrationUrls(named.map(([name, key]) => accountOfKey(key, `the key ${name}`)));
}
