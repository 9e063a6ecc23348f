import { isDeepStrictEqual } from "node:util";
import { type Locks, type Path, path, type Storage, t, UserError } from "@vaultwright/core";
import { type Key, keys, keyToStored } from "./keys.ts";
import { keyOfAccount } from "./migration/account.ts";
import { nameKeys } from "./migration/key-names.ts";
import { keyOfUrl } from "./migration/key-of-url.ts";
import { readMigrationUrl } from "./migration/migration-url.ts";

/** As many keys as anybody has in an app, and not so many that a request could take minutes. */
const mostKeys = 1000;

/** Makes the path that takes what authenticator apps export. */
export function importPath(locks: Locks): Path {
  return path("import", {
    summary: "Import keys from an authenticator app.",
    description:
      "Takes the otpauth-migration and otpauth URLs that authenticator apps show as QR codes, and keeps a key for each " +
      "account in them, named after issuer and account. Nothing is kept if one of them cannot be. A key that is there " +
      "already and is the same is left as it is; one that differs makes the request fail.",
    fields: {
      urls: t.strings({ required: true, description: "The URLs." }),
      exportable: t.bool({ default: false, description: "Whether the keys can be exported later." }),
    },
    async update({ fields: { urls, exportable }, storage, signal }) {
      const imported: Key[] = [];
      for (const [index, url] of urls.entries()) {
        imported.push(...readKeys(url, index).map((key) => ({ ...key, exportable })));
        if (imported.length > mostKeys) throw new UserError(`not more than ${mostKeys} keys can be imported at once`);
      }
      if (imported.length === 0) throw new UserError("the urls value holds no keys");
      const names = nameKeys(imported);
      const named = names.map((name, index) => [name, imported[index]] as const);
      await locks.exclusive(names, () => storage.transaction((inside) => putAll(inside, named)), { signal });
      return { data: { keys: names } };
    },
  });
}

function readKeys(url: string, index: number): readonly Key[] {
  const called = `the url at position ${index + 1}`;
  if (/^otpauth:/i.test(url)) return [keyOfUrl(url, called)];
  const accounts = readMigrationUrl(url);
  if (accounts === undefined) throw new UserError(`${called} is no URL of an authenticator app`);
  return accounts.map((account, position) => keyOfAccount(account, `account ${position + 1} of ${called}`));
}

async function putAll(storage: Storage, named: readonly (readonly [string, Key | undefined])[]): Promise<void> {
  const missing: [string, Key][] = [];
  for (const [name, key] of named) {
    if (key === undefined) continue;
    const there = await keys.get(storage, name);
    if (there === undefined) missing.push([name, key]);
    else if (!isDeepStrictEqual(there, keyToStored(key)))
      throw new UserError(`the key ${name} exists already and is another one`);
  }
  for (const [name, key] of missing) await keys.put(storage, name, keyToStored(key));
}
