import type { HostKind } from "@vaultwright/core";
import type { Key } from "./keys.ts";
import { parseUrl } from "./url.ts";

/** What an otpauth URL says. What it leaves out is absent, and what it leaves empty, too, but for an issuer before a colon. */
export interface OtpauthUrl {
  readonly secret: string;
  readonly accountName: string;
  readonly issuer?: string;
  readonly algorithm?: string;
  readonly period?: string;
  readonly digits?: string;
}

/** Reads an otpauth URL, and gives nothing when the text is no URL. Neither scheme nor host are looked at. */
export function readOtpauthUrl(text: string): OtpauthUrl | undefined {
  const url = parseUrl(text);
  if (url === undefined) return undefined;
  const label = url.path.replace(/^\//, "");
  const colon = label.indexOf(":");
  // An empty one before a colon counts, too, and takes the place of one that stands beside the URL.
  const issuer = url.query.get("issuer") || (colon === -1 ? undefined : label.slice(0, colon));
  const [algorithm, period, digits] = ["algorithm", "period", "digits"].map((name) => url.query.get(name));
  return {
    secret: url.query.get("secret") ?? "",
    accountName: label.slice(colon + 1),
    ...(issuer !== undefined && { issuer }),
    ...(algorithm && { algorithm }),
    ...(period && { period }),
    ...(digits && { digits }),
  };
}

/** What an otpauth URL is made of. */
export type UrlParts = Pick<Key, "secret" | "accountName" | "issuer" | "algorithm" | "period" | "digits">;

/** Makes an otpauth URL as the product of the host makes it. */
export function makeOtpauthUrl(parts: UrlParts, host: HostKind): string {
  const { secret, accountName, issuer, algorithm, period, digits } = parts;
  // Apps would show a colon without an issuer before it, and take an empty issuer for one.
  const label = escaped(issuer === "" ? accountName : `${issuer}:${accountName}`, /[^A-Za-z0-9\-_.~$&+,/:;=@]+/gu);
  const query = { algorithm, digits, ...(issuer !== "" && { issuer }), period, secret };
  const members = Object.entries(query).map(([name, value]) => `${name}=${escapedForQuery(String(value), host)}`);
  return `otpauth://totp/${label}?${members.join("&")}`;
}

/** In a query, Vault writes a blank as forms do. */
function escapedForQuery(text: string, host: HostKind): string {
  const percent = escaped(text, /[^\w.~-]+/gu);
  return host === "vault" ? percent.replaceAll("%20", "+") : percent;
}

function escaped(text: string, unsafe: RegExp): string {
  return text.replace(unsafe, (run) => Buffer.from(run).toString("hex").toUpperCase().replace(/../g, "%$&"));
}
