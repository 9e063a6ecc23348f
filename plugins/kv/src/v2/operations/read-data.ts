import type { Context, Response } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import type { Engine } from "../engine.ts";
import { findVersion, isReadable, unreadable } from "../find-version.ts";
import { keyOf } from "../key.ts";
import { versionFacts } from "../version-facts.ts";

/** Gives a value with what is known of its version. */
export async function readData(
  { locks, secrets }: Engine,
  context: Context<{ readonly path: string; readonly version?: number }>,
): Promise<Response | undefined> {
  const { fields, request, signal, storage } = context;
  const key = keyOf(fields.path);
  return locks.shared(
    key,
    async () => {
      const found = findVersion(await secrets.get(storage, key), fields.version);
      if (!found) return undefined;
      if (!isReadable(found)) return unreadable(request, found, "data");
      const { secret, number, version } = found;
      const data = await secrets.getValue(storage, key, secret, number);
      observe(context, "kvv2/secret/read", { version_read: number });
      return { data: { data, metadata: versionFacts(secret, number, version) } };
    },
    { signal },
  );
}
