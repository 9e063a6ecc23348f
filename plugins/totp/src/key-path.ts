import { type Path, path, t, UserError } from "@vaultwright/core";
import { exportKey, generateKey, type RandomBytes } from "./generated-key.ts";
import { givenKey } from "./given-key.ts";
import { readKeySettings } from "./key-settings.ts";
import { keyFromStored, keys, keyToStored } from "./keys.ts";

/** Makes the path that creates, shows and deletes a key. */
export function keyPath(randomBytes: RandomBytes): Path {
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
    },
    async read({ fields, storage }) {
      const stored = await keys.get(storage, fields.name);
      if (stored === undefined) return undefined;
      const { issuer, accountName, period, algorithm, digits } = keyFromStored(stored);
      return { data: { issuer, account_name: accountName, period, algorithm, digits } };
    },
    async update({ fields: { name, generate, exported, ...wish }, storage }) {
      if (generate && wish.key) throw new UserError("a key should not be passed if generate is true");
      if (generate && wish.url) throw new UserError("a url should not be passed if generate is true");
      const settings = readKeySettings(wish);
      const key = generate ? generateKey(settings, wish.key_size, randomBytes) : givenKey(settings);
      // Before the key is stored, so that a QR code that cannot be made leaves no key behind that nobody has seen.
      const data = generate && exported ? exportKey(key, wish.qr_size) : undefined;
      await keys.put(storage, name, keyToStored(key));
      return data && { data };
    },
    delete: ({ fields, storage }) => keys.delete(storage, fields.name),
  });
}
