import type { Key } from "../keys.ts";

/** Longer names are cut, since storages have limits for theirs. */
const longestName = 128;

/** Names keys after issuer and account, in the characters that names may have; no two get the same name. */
export function nameKeys(keys: readonly Pick<Key, "issuer" | "accountName">[]): readonly string[] {
  const names = new Set<string>();
  for (const { issuer, accountName } of keys) {
    const wanted = nameOf([issuer, accountName].join(" "));
    let name = wanted;
    for (let number = 2; names.has(name); number += 1) name = `${wanted}-${number}`;
    names.add(name);
  }
  return [...names];
}

/** Names begin and end with a letter, a digit or an underscore. Vault's storage has no place for two dots in a row. */
function nameOf(text: string): string {
  const name = text.replace(/[^\w.@-]+/g, "-").replace(/\.{2,}/g, ".");
  return name.slice(0, longestName).replace(/^\W+/, "").replace(/\W+$/, "") || "key";
}
