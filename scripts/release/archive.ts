import { createWriteStream } from "node:fs";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { openPromise } from "yauzl";
import { ZipFile } from "yazl";

/** A file in an archive. */
export interface Entry {
  readonly name: string;
  /** Its content, or the path of the file that has it. */
  readonly content: Buffer | string;
  readonly isExecutable: boolean;
}

/** Writes a zip file whose bytes depend on nothing but the entries and the date. */
export async function writeArchive(file: string, entries: readonly Entry[], date: Date): Promise<void> {
  const zip = new ZipFile();
  for (const { name, content, isExecutable } of entries) {
    const options = { mtime: new DateInUtc(date), mode: isExecutable ? 0o100755 : 0o100644 };
    if (typeof content === "string") zip.addFile(content, name, options);
    if (typeof content !== "string") zip.addBuffer(content, name, options);
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

/** Zip files have a time in UTC and an older one that is local; with such a date both are in UTC on every machine. */
class DateInUtc extends Date {
  override getFullYear(): number {
    return this.getUTCFullYear();
  }
  override getMonth(): number {
    return this.getUTCMonth();
  }
  override getDate(): number {
    return this.getUTCDate();
  }
  override getHours(): number {
    return this.getUTCHours();
  }
  override getMinutes(): number {
    return this.getUTCMinutes();
  }
  override getSeconds(): number {
    return this.getUTCSeconds();
  }
}

/** Reads all files of a zip file. */
export async function readArchive(file: string): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await openPromise(file);
  const entries = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry())
    entries.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return entries;
}
