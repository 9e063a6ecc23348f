import type { Page } from "../logical/storage.ts";

/** The names directly below a prefix, in the order of their bytes; those of deeper levels end in a slash. */
export function childrenOf(keys: Iterable<string>, prefix: string, { after = "", limit = 0 }: Page = {}): string[] {
  const names = new Set<string>();
  for (const key of keys) if (key.startsWith(prefix)) names.add(firstPart(key.slice(prefix.length)));
  const sorted = [...names].map((name) => Buffer.from(name)).sort(Buffer.compare);
  const from = Buffer.from(after);
  const rest = after === "" ? sorted : sorted.filter((name) => Buffer.compare(name, from) > 0);
  return (limit > 0 ? rest.slice(0, limit) : rest).map((name) => name.toString());
}

function firstPart(name: string): string {
  const slash = name.indexOf("/");
  return slash === -1 ? name : name.slice(0, slash + 1);
}
