import { type Storage, stringifyJson, UserError } from "@vaultwright/core";
import { deletionTime } from "./deletion-time.ts";
import type { Engine } from "./engine.ts";
import { deleteValues } from "./leftovers.ts";
import { type Attribution, newSecret, type Secret, type Version, versionOf } from "./secret.ts";
import type { StoredSecret } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { addVersion } from "./version-window.ts";

/** A value on its way to become the current version of a key. */
export interface NewVersion {
  readonly key: string;
  readonly value: unknown;
  readonly stored: StoredSecret;
  readonly settings: Settings;
  readonly by: Attribution;
}

/** What became of it. */
export interface StoredVersion {
  readonly secret: Secret;
  readonly version: Version;
  readonly warnings: readonly string[];
}

/** Values up to so many characters are stored with their secret, which makes one storage call of most reads. */
const longestInline = 4096;

/**
 * Stores a value as the current version. The record of the secret is what makes it so: what is written before it is not
 * seen without it, and what is deleted after it was not seen any more. The caller holds the key's lock.
 */
export async function storeVersion(engine: Engine, storage: Storage, given: NewVersion): Promise<StoredVersion> {
  const { key, value, stored } = given;
  const before = stored.secret ?? newSecret(Date.now());
  const text = textOf(value);
  const { secret: grown, dropped, version } = grow(before, given);
  const isInline = text.length <= longestInline;
  const { inline: previous, ...rest } = grown;
  const secret: Secret = isInline ? { ...rest, inline: { value } } : rest;
  const leftovers = stored.leftovers ?? [];
  const writes = async (inside: Storage): Promise<readonly string[]> => {
    const old = await deleteValues(engine, inside, key, leftovers);
    // The value that was inline gets a record of its own, if its version stays.
    if (previous && versionOf(secret, before.currentVersion))
      await engine.secrets.putValue(inside, key, before.currentVersion, previous.value);
    if (!isInline) await engine.secrets.putValue(inside, key, secret.currentVersion, value);
    const remaining = old.versions.filter((number) => versionOf(secret, number)?.isDestroyed ?? true);
    const left = [...remaining, ...dropped];
    await engine.secrets.put(inside, key, { secret, ...(left.length > 0 && { leftovers: left }) });
    const { error = old.error } = await deleteValues(engine, inside, key, dropped);
    return error ? [notCleanedUp(error)] : [];
  };
  // A transaction may be rolled back, and what remembers the names would not know.
  await engine.names.make(storage);
  const isOneWrite = isInline && !previous && leftovers.length === 0 && dropped.length === 0;
  const warnings = isOneWrite ? await writes(storage) : await storage.transaction(writes);
  return { secret, version, warnings };
}

function grow(before: Secret, { settings, by }: NewVersion) {
  // A clock that was set back must not make a version look older than the one before it.
  const created = Math.max(Date.now(), versionOf(before, before.currentVersion)?.created ?? 0);
  const deletion = deletionTime(created, settings, before);
  const version: Version = { created, ...(deletion !== undefined && { deletion }), createdBy: by };
  const changed = { ...before, updated: created, lastUpdatedBy: by };
  return { ...addVersion(changed, version, settings.maxVersions), version };
}

/** Numbers that JSON cannot write come from numbers in a request that no double can hold. */
function textOf(value: unknown): string {
  try {
    return stringifyJson(value);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UserError("data holds a number that is too large", { cause });
  }
}

function notCleanedUp({ message }: Error): string {
  return `error occurred when cleaning up old versions, these will be cleaned up on next write: ${message}`;
}
