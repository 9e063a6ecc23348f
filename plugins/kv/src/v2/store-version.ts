import type { Storage } from "@vaultwright/core";
import { deletionTime } from "./deletion-time.ts";
import type { Engine } from "./engine.ts";
import { deleteValues } from "./leftovers.ts";
import { type Attribution, newSecret, type Secret, type Version, versionOf } from "./secret.ts";
import type { StoredSecret } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { placeValues } from "./value-places.ts";
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

/**
 * Stores a value as the current version. The record of the secret is what makes it so: what is written before it is not
 * seen without it, and what is deleted after it was not seen any more. The caller holds the key's lock.
 */
export async function storeVersion(engine: Engine, storage: Storage, given: NewVersion): Promise<StoredVersion> {
  const { key, value, stored } = given;
  const { secret: before, leftovers = [] } = stored;
  const { secret: grown, dropped, version } = grow(before ?? newSecret(Date.now()), given);
  const { values, separate } = placeValues(grown, value);
  const hadRecords = before?.hasValueRecords ?? leftovers.length > 0;
  const hasRecords = hadRecords || separate.size > 0;
  const secret: Secret = { ...grown, values, ...(hasRecords && { hasValueRecords: true }) };
  const doomed = hadRecords ? dropped : [];
  const writes = async (inside: Storage): Promise<readonly string[]> => {
    const old = await deleteValues(engine, inside, key, leftovers);
    await noteRecords(engine, inside, given, [...separate.keys()]);
    for (const [number, each] of separate) await engine.secrets.putValue(inside, key, number, each);
    const remaining = old.versions.filter((number) => versionOf(secret, number)?.isDestroyed ?? true);
    const left = [...remaining, ...doomed];
    await engine.secrets.put(inside, key, { secret, ...(left.length > 0 && { leftovers: left }) });
    const { error = old.error } = await deleteValues(engine, inside, key, doomed);
    return error ? [notCleanedUp(error)] : [];
  };
  // A transaction may be rolled back, and what remembers the names would not know.
  await engine.names.make(storage);
  const isOneWrite = separate.size === 0 && leftovers.length === 0 && doomed.length === 0;
  const warnings = isOneWrite ? await writes(storage) : await storage.transaction(writes);
  return { secret, version, warnings };
}

/**
 * Notes that there may be records of values before the first of them comes, so that an interruption leaves nothing that
 * nobody knows of: with the secret, and by their numbers as long as there is none.
 */
async function noteRecords(
  { secrets }: Engine,
  storage: Storage,
  { key, stored: { secret, leftovers = [] } }: NewVersion,
  numbers: readonly number[],
): Promise<void> {
  const isNoted = secret?.hasValueRecords ?? numbers.every((number) => leftovers.includes(number));
  if (isNoted) return;
  const noted = secret
    ? { leftovers, secret: { ...secret, hasValueRecords: true as const } }
    : { leftovers: [...new Set([...leftovers, ...numbers])] };
  await secrets.put(storage, key, noted);
}

function grow(before: Secret, { settings, by }: NewVersion) {
  // A clock that was set back must not make a version look older than the one before it.
  const created = Math.max(Date.now(), versionOf(before, before.currentVersion)?.created ?? 0);
  const deletion = deletionTime(created, settings, before);
  const version: Version = { created, ...(deletion !== undefined && { deletion }), createdBy: by };
  const changed = { ...before, updated: created, lastUpdatedBy: by };
  return { ...addVersion(changed, version, settings.maxVersions), version };
}

function notCleanedUp({ message }: Error): string {
  return `error occurred when cleaning up old versions, these will be cleaned up on next write: ${message}`;
}
