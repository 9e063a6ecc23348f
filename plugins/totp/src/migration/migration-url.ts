import { randomInt } from "node:crypto";
import { parseUrl } from "../url.ts";
import { type Account, type Batch, readPayload, writePayload } from "./payload.ts";
import { NoMessage } from "./protobuf.ts";

/** As many as apps put into one picture, so that it can still be scanned. */
const accountsPerUrl = 10;
/** Much longer than what a QR code can hold. */
const longestUrl = 2 ** 16;
const isMigrationUrl = /^otpauth-migration:\/\/offline\/?\?/i;

/** Reads the accounts of an `otpauth-migration` URL, and gives nothing when the text is none. */
export function readMigrationUrl(text: string): readonly Account[] | undefined {
  if (text.length > longestUrl) return undefined;
  const data = isMigrationUrl.test(text) ? parseUrl(text)?.query.get("data") : undefined;
  if (!data) return undefined;
  try {
    // Who forgets to escape a plus, which stands for a blank in a query, is understood.
    return readPayload(Buffer.from(data.replaceAll(" ", "+"), "base64"));
  } catch (error) {
    if (error instanceof NoMessage) return undefined;
    throw error;
  }
}

/** Makes `otpauth-migration` URLs for accounts. */
export function makeMigrationUrls(accounts: readonly Account[]): readonly string[] {
  const size = Math.ceil(accounts.length / accountsPerUrl);
  const id = randomInt(2 ** 31);
  return Array.from({ length: size }, (_, index) => {
    const some = accounts.slice(index * accountsPerUrl, (index + 1) * accountsPerUrl);
    return makeMigrationUrl(some, { size, index, id });
  });
}

/** Makes one `otpauth-migration` URL. */
export function makeMigrationUrl(accounts: readonly Account[], batch: Batch): string {
  return `otpauth-migration://offline?data=${encodeURIComponent(writePayload(accounts, batch).toString("base64"))}`;
}
