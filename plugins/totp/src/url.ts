/** What matters of a URL here. */
export interface ParsedUrl {
  /** With percent escapes resolved; empty when the URL has none. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
}

// The parts of any URL: scheme, authority, path, query, fragment.
const parts = /^(?:([^:/?#]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const isScheme = /^[A-Za-z][A-Za-z0-9+.-]*$/;
// A port is a number, and only hosts that are an address in brackets have colons.
const isHost = /^(?:\[[^\]]*\]|[^\s\\^`{|}:]*)(?::\d*)?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what URLs must not contain.
const controlCharacters = /[\u0000-\u001f\u007f]/;

/** Parses any URL as Go does, and gives nothing when it is none. */
export function parseUrl(text: string): ParsedUrl | undefined {
  const [matched, scheme, authority, path = "", query = "", fragment = ""] = parts.exec(text) ?? [];
  if (matched === undefined || controlCharacters.test(text)) return undefined;
  if (scheme !== undefined && !isScheme.test(scheme)) return undefined;
  const host = unescapePercent(authority?.replace(/^.*@/s, "") ?? "");
  // After a scheme, what begins without a slash is opaque and no path.
  const isOpaque = scheme !== undefined && authority === undefined && !path.startsWith("/");
  const decoded = isOpaque ? "" : unescapePercent(path);
  if (host === undefined || !isHost.test(host) || decoded === undefined) return undefined;
  if (unescapePercent(fragment) === undefined) return undefined;
  return { path: decoded, query: parseQuery(query) };
}

/** Of members with the same name the first counts; those that cannot be read are dropped. */
function parseQuery(query: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pair of query.split("&")) {
    const [name, value] = splitAt(pair, "=").map((part) => unescapePercent(part.replaceAll("+", " ")));
    if (pair.includes(";") || name === undefined || value === undefined || found.has(name)) continue;
    found.set(name, value);
  }
  return found;
}

/** Splits a text at the first mark, which need not be there. */
function splitAt(text: string, mark: string): readonly [string, string] {
  const index = text.indexOf(mark);
  return index === -1 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}

/** Resolves percent escapes, whose bytes are UTF-8, and gives nothing when one is broken. */
function unescapePercent(text: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString());
}
