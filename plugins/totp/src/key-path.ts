import { type Locks, type Path, path, t, UserError } from "@vaultwright/core";
import { deleteKey } from "./deleted-keys.ts";
import { exportKey, generateKey, type RandomBytes } from "./generated-key.ts";
import { givenKey } from "./given-key.ts";
import { readKeySettings } from "./key-settings.ts";
import { additions, keyFromStored, keys, keyToStored } from "./keys.ts";
import { observe } from "./observe.ts";
import { pictureFormats } from "./picture.ts";

/** What the path of keys needs of its mount. */
export interface KeyPathOptions {
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly locks: Locks;
  readonly randomBytes: RandomBytes;
}

/** Makes the path that creates, shows and deletes a key. */
export function keyPath({ now, locks, randomBytes }: KeyPathOptions): Path {
  return path("keys/:name", {
    summary: "Create, read and delete a key.",
    description:
      "Writing a key replaces an older one of that name with all its settings. The secret of a key that the engine " +
      "generates is shown once, in the answer, and cannot be read later.",
    fields: {
      name: t.nameWithAt({ description: "Name of the key." }),
      generate: t.bool({ default: false, description: "Whether the engine makes the secret, or is given one." }),
      exported: t.bool({ default: true, description: "Whether the answer shows a generated key as URL and QR code." }),
      key_size: t.int({ default: 20, description: "Length of a generated secret in bytes." }),
      key: t.string({ description: "A given secret, in base32." }),
      url: t.string({ description: "A given key as otpauth URL, whose values win over those of the other fields." }),
      issuer: t.string({ description: "Who issues the key. Generated keys need it." }),
      account_name: t.string({ description: "The account that the key belongs to. Generated keys need it." }),
      period: t.seconds({ default: 30, description: "How long a code is valid." }),
      algorithm: t.string({ default: "SHA1", description: "The hash function: SHA1, SHA256 or SHA512." }),
      digits: t.int({ default: 6, description: "How many digits a code has: 6 or 8." }),
      skew: t.int({ default: 1, description: "How many periods before and after the current one count too: 0 or 1." }),
      qr_size: t.int({ default: 200, description: "Width and height of the QR code in pixels; 0 for none." }),
      qr_format: t.oneOf(pictureFormats, { default: "png", description: "What the QR code is drawn as." }),
      exportable: t.bool({
        default: false,
        description: "Whether the key can be exported to authenticator apps later.",
      }),
      show_expiry: t.bool({ default: false, description: "Whether codes come with their time and the seconds left." }),
      lockout_threshold: t.int({
        default: 0,
        description: "How many wrong codes in a row lock the key; 0 for no limit.",
      }),
      lockout_duration: t.seconds({ default: 300, description: "How long wrong codes count, and lock the key." }),
    },
    async read(context) {
      const { name } = context.fields;
      const stored = await keys.get(context.storage, name);
      if (stored === undefined) return undefined;
      const key = keyFromStored(stored);
      const { issuer, accountName, period, algorithm, digits, skew } = key;
      observe(context, "key/read", { key_name: name, period, algorithm, digits, skew });
      return { data: { issuer, account_name: accountName, period, algorithm, digits, ...additions(key) } };
    },
    async update(context) {
      const { fields, signal, storage } = context;
      const { name, generate, ...wish } = fields;
      if (generate && wish.key) throw new UserError("a key should not be passed if generate is true");
      if (generate && wish.url) throw new UserError("a url should not be passed if generate is true");
      const settings = readKeySettings(wish);
      const key = generate ? generateKey(settings, wish.key_size, randomBytes) : givenKey(settings);
      // Before the key is stored, so that a QR code that cannot be made leaves no key behind that nobody has seen.
      const data = generate && wish.exported ? exportKey(key, context.system.host.kind, wish) : undefined;
      await locks.exclusive(name, () => keys.put(storage, name, keyToStored(key)), { signal });
      const { period, algorithm, digits, skew } = key;
      const { exported, key_size } = wish;
      observe(context, "key/create", { key_name: name, period, algorithm, digits, skew, generate, exported, key_size });
      return data && { data };
    },
    async delete(context) {
      const { fields, storage, signal } = context;
      await locks.exclusive(fields.name, () => deleteKey(storage, fields.name, now()), { signal });
      observe(context, "key/delete", { key_name: fields.name });
    },
  });
}
