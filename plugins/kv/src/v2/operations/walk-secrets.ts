import type { Context, Storage } from "@vaultwright/core";
import { folderOf } from "../key.ts";
import type { Secrets } from "../secrets.ts";

/** Gives all secrets below a folder, relative to it, in the order of their bytes: those that come after a name, if one is given. */
export async function* walkSecrets(
  secrets: Secrets,
  storage: Storage,
  path: string,
  after = "",
): AsyncGenerator<string, void, undefined> {
  const root = folderOf(path);
  const bound = Buffer.from(after);
  // A folder holds what comes after its own name, as far as that begins with it.
  const isAhead = (name: string) =>
    Buffer.compare(Buffer.from(name), bound) > 0 || (name.endsWith("/") && after.startsWith(name));
  const waiting = [""];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name !== "" && !name.endsWith("/")) {
      yield name;
      continue;
    }
    const folder = name;
    const inside = (await secrets.list(storage, root + folder)).map((each) => folder + each);
    for (const each of inside.reverse()) if (isAhead(each)) waiting.push(each);
  }
}

/** Which secrets a request is about, and what it needs to find them. */
export type Walk = Pick<Context<{ readonly path: string; readonly after?: string }>, "fields" | "signal" | "storage">;

/** What a visit of some secrets leads to: nothing, or the last one of them that was of interest where that is enough. */
export type Visit = (names: readonly string[]) => Promise<string | undefined>;

// Servers end a request after 90 seconds by default, and proxies before them after 60.
const longestMs = 30_000;
const mostAtOnce = 32;

/**
 * Visits all secrets below a folder, some at a time. Gives the name behind which the next request has to go on where the
 * visits had enough or the time for one request was over, and nothing at the end.
 */
export async function visitSecrets(secrets: Secrets, walk: Walk, visit: Visit): Promise<string | undefined> {
  const { fields, signal, storage } = walk;
  const end = Date.now() + longestMs;
  let some: string[] = [];
  for await (const name of walkSecrets(secrets, storage, fields.path, fields.after)) {
    some.push(name);
    if (some.length < mostAtOnce) continue;
    signal.throwIfAborted();
    const last = await visit(some);
    if (last !== undefined) return last;
    some = [];
    if (Date.now() >= end) return name;
  }
  return some.length === 0 ? undefined : visit(some);
}
