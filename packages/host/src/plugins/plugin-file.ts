import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { LogicalError } from "@vaultwright/core/launch";
import type { CatalogueEntry } from "./catalogue.ts";

/** Finds a plugin's file, which must lie directly in the plugin directory. */
export async function findPluginFile(directory: string, command: string): Promise<string> {
  if (command.includes("..")) throw new LogicalError("unknown", "path cannot contain parent references");
  const file = await resolved(join(directory, command));
  if (dirname(file) !== (await resolved(directory)))
    throw new LogicalError("unknown", `cannot execute files outside of configured plugin directory ${directory}`);
  return file;
}

/** Throws when a plugin's file is not the one that was registered. */
export async function checkPluginFile(file: string, entry: CatalogueEntry): Promise<void> {
  const hash = createHash("sha256");
  // Files of a hundred megabytes are usual, for which the default of 64 KiB costs half as much time again.
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash);
  if (hash.digest("hex") !== entry.sha256.toLowerCase()) throw new LogicalError("unknown", "checksums did not match");
}

async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    throw new LogicalError("unknown", `error while validating the command path: ${basename(path)} cannot be found`, {
      cause,
    });
  }
}
