import { parseUrl } from "../url.ts";
import { type Account, type Batch, readPayload, writePayload } from "./payload.ts";
import { NoMessage } from "./protobuf.ts";

const isMigrationUrl = /^otpauth-migration:\/\/offline\/?\?/i;

/** Reads the accounts of an `otpauth-migration` URL, and gives nothing when the text is none. */
export function readMigrationUrl(text: string): readonly Account[] | undefined {
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

/** Makes an `otpauth-migration` URL. */
export function makeMigrationUrl(accounts: readonly Account[], batch: Batch): string {
  return `otpauth-migration://offline?data=${encodeURIComponent(writePayload(accounts, batch).toString("base64"))}`;
}
