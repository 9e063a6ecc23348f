import type { Context } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import { attributionOf } from "../attribution.ts";
import type { Engine } from "../engine.ts";
import { findVersion, isReadable } from "../find-version.ts";
import { keyOf } from "../key.ts";
import { sendEvent, versionsSeen } from "../notify.ts";
import type { Secret } from "../secret.ts";

/** Deletes the current version so that it can be undone; one that has no value to show stays as it is. */
export async function deleteCurrent(
  { locks, secrets }: Engine,
  context: Context<{ readonly path: string }>,
): Promise<void> {
  const { fields, request, signal, storage } = context;
  const key = keyOf(fields.path);
  const work = async () => {
    const stored = await secrets.get(storage, key);
    const found = findVersion(stored);
    if (!found || !isReadable(found)) return;
    const by = attributionOf(request);
    const version = { ...found.version, deletion: Date.now(), deletedBy: by };
    const versions = { ...found.secret.versions, [found.number]: version };
    const secret: Secret = { ...found.secret, versions, lastUpdatedBy: by };
    await secrets.put(storage, key, { ...stored, secret });
    sendEvent(context, { operation: "data-delete", path: `data/${key}`, secret });
    observe(context, "kvv2/secret/delete", versionsSeen(secret));
  };
  await locks.exclusive(key, work, { signal });
}
