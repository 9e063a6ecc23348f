import { type Log, LogicalError, type Storage, walk } from "@vaultwright/core";
import { values } from "../v1/values.ts";
import type { Engine } from "./engine.ts";
import { keyOf } from "./key.ts";
import { inParallel } from "./operations/list-secrets.ts";
import { storeVersion } from "./store-version.ts";

/** What a conversion works with. */
export interface Conversion {
  readonly storage: Storage;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Names what lies at the top of a mount and does not belong to version 2. */
export async function foldersAndObjects({ prefix }: Engine, storage: Storage): Promise<readonly string[]> {
  return (await storage.list("")).filter((name) => name !== prefix);
}

const mostAtOnce = 32;
// The window of one version is what makes 1 the oldest version of a converted secret.
const settings = { maxVersions: 1, casRequired: false, deleteVersionAfter: 0, metadataCasRequired: false };
const by = { actor: "kv_upgrade", operation: "upgrade" };

/** Makes a secret of each object of version 1. An object goes when its secret is stored, so it can stop at any time. */
export async function convertObjects(
  engine: Engine,
  conversion: Conversion,
): Promise<{ readonly converted: number; readonly left: number }> {
  const counts = { converted: 0, left: 0 };
  await engine.names.make(conversion.storage);
  const convertAll = async (keys: readonly string[]) => {
    for (const isConverted of await inParallel(keys, (key) => convertObject(engine, conversion, key)))
      counts[isConverted ? "converted" : "left"] += 1;
  };
  let waiting: string[] = [];
  for await (const object of objects(engine, conversion)) {
    if (isOtherSpelling(object)) continue;
    waiting.push(object);
    if (waiting.length < mostAtOnce) continue;
    await convertAll(waiting);
    waiting = [];
  }
  await convertAll(waiting);
  // Behind all others, so that none takes the place of the object whose path is the secret's; and one by one, since
  // several can stand for the same secret.
  for await (const object of objects(engine, conversion)) if (isOtherSpelling(object)) await convertAll([object]);
  return counts;
}

/** Whether a secret that is made of an object has another path, since version 2 has no doubled slashes. */
function isOtherSpelling(object: string): boolean {
  return object.split("/").includes("");
}

async function* objects(engine: Engine, { storage, signal }: Conversion): AsyncGenerator<string> {
  for (const name of await foldersAndObjects(engine, storage)) {
    if (name.endsWith("/")) yield* walk(storage, name, { signal });
    else yield name;
  }
}

/** Says whether the object became a secret; what cannot become one stays where it is. */
async function convertObject(engine: Engine, { storage, log, signal }: Conversion, object: string): Promise<boolean> {
  signal.throwIfAborted();
  try {
    const value = await values.get(storage, object);
    if (value === undefined) return true;
    const key = keyOf(object.split("/").filter(Boolean).join("/"));
    const stored = await engine.secrets.get(storage, key);
    if (stored.secret && key !== object) {
      log.warn("an object stays unconverted: its path is another spelling of one that is converted", { path: object });
      return false;
    }
    await storage.transaction(async (inside) => {
      // Found where a conversion was interrupted before the object went.
      if (!stored.secret) await storeVersion(engine, inside, { key, value, stored, settings, by });
      await values.delete(inside, object);
    });
    return true;
  } catch (error) {
    const known = LogicalError.find(error);
    // A path that version 2 refuses is no better the next time.
    if (signal.aborted || (known && known.kind !== "user")) throw error;
    log.error("an object stays unconverted: it cannot be read", { path: object, error });
    return false;
  }
}
