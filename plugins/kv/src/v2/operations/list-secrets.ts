import type { Storage } from "@vaultwright/core";
import { folderOf } from "../key.ts";
import { type Secret, versionOf } from "../secret.ts";
import type { Secrets } from "../secrets.ts";

/** A part of a list: names behind `after`, at most `limit` of them. */
export interface NamePage {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/** Lists a folder, or a page of it. */
export async function listPage(
  secrets: Secrets,
  storage: Storage,
  path: string,
  { after = "", limit = 0 }: NamePage,
): Promise<readonly string[]> {
  const names = await secrets.list(storage, folderOf(path));
  // The storage cannot count the pages, because it has the names in another order.
  const bound = Buffer.from(after);
  const rest = after === "" ? names : names.filter((name) => Buffer.compare(Buffer.from(name), bound) > 0);
  return limit > 0 ? rest.slice(0, limit) : rest;
}

/** Lists a folder without the secrets whose current version has a time of deletion, be it past or still to come. */
export async function listAlive(secrets: Secrets, storage: Storage, path: string): Promise<readonly string[]> {
  const folder = folderOf(path);
  const names = await secrets.list(storage, folder);
  // Nothing else of the secrets is kept, for there can be very many.
  const areEnding = await inParallel(names, async (name) =>
    isEnding(await secretOrNone(secrets, storage, folder, name)),
  );
  return names.filter((_, index) => !areEnding[index]);
}

/** Runs work on each of many things, some at a time, and gives what came out in their order. */
export async function inParallel<A, B>(things: readonly A[], work: (thing: A) => Promise<B>): Promise<readonly B[]> {
  const results: B[] = [];
  for (let start = 0; start < things.length; start += mostAtOnce)
    results.push(...(await Promise.all(things.slice(start, start + mostAtOnce).map(work))));
  return results;
}

const mostAtOnce = 32;

async function secretOrNone(
  secrets: Secrets,
  storage: Storage,
  folder: string,
  name: string,
): Promise<Secret | undefined> {
  if (name.endsWith("/")) return undefined;
  try {
    return (await secrets.get(storage, folder + name)).secret;
  } catch {
    // A secret that cannot be read stays in the list, where somebody finds it.
    return undefined;
  }
}

function isEnding(secret: Secret | undefined): boolean {
  return secret !== undefined && versionOf(secret, secret.currentVersion)?.deletion !== undefined;
}
