import type { Context } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import type { Engine } from "../engine.ts";
import { keyOf } from "../key.ts";
import { sendEvent, versionsSeen } from "../notify.ts";
import { type Secret, type Version, versionOf } from "../secret.ts";
import type { StoredSecret } from "../secrets.ts";

/** A change of some versions of a secret that keeps their values. */
export interface VersionChange {
  readonly operation: "delete" | "undelete" | "destroy";
  /** Makes what is stored from then on. */
  change(stored: StoredSecret & { readonly secret: Secret }): StoredSecret & { readonly secret: Secret };
  /** Runs after that is stored, under the lock of the key. */
  after?(key: string, stored: StoredSecret): Promise<void>;
}

const participles = { delete: "deleted", undelete: "undeleted", destroy: "destroyed" } as const;

/** Changes the versions that a request names; a key that is not there is left alone. */
export async function changeVersions(
  { locks, secrets }: Engine,
  context: Context<{ readonly path: string; readonly versions?: readonly number[] }>,
  { operation, change, after }: VersionChange,
): Promise<void> {
  const { fields, signal, storage } = context;
  const key = keyOf(fields.path);
  const work = async () => {
    const { secret, leftovers } = await secrets.get(storage, key);
    if (!secret) return;
    const changed = change({ secret, leftovers });
    await secrets.put(storage, key, changed);
    await after?.(key, changed);
    noteChange(context, { key, operation, secret: changed.secret, numbers: fields.versions ?? [] });
  };
  await locks.exclusive(key, work, { signal });
}

/** What became of some versions of a secret. */
export interface ChangedVersions extends Pick<VersionChange, "operation"> {
  readonly key: string;
  readonly secret: Secret;
  readonly numbers: readonly number[];
}

/** Tells those who watch the host of a change. */
export function noteChange(context: Context<unknown>, { key, operation, secret, numbers }: ChangedVersions): void {
  const name = `${participles[operation]}_versions`;
  sendEvent(context, {
    operation,
    path: `${operation}/${key}`,
    ...(operation === "undelete" && { dataPath: `data/${key}` }),
    secret,
    more: { [name]: JSON.stringify(numbers) },
  });
  observe(context, `kvv2/secret/${operation}`, { ...versionsSeen(secret), [name]: numbers });
}

/** Makes a version that was deleted readable again, until a new time of deletion if there is one. */
export function undeleted({ deletion: _time, deletedBy: _by, ...version }: Version, deletion?: number): Version {
  return deletion === undefined ? version : { ...version, deletion };
}

/** Changes those of the numbered versions that are there and not destroyed. */
export function mapVersions(
  secret: Secret,
  numbers: readonly number[],
  change: (version: Version) => Version,
): Secret["versions"] {
  const versions = new Map(Object.entries(secret.versions));
  for (const number of numbers) {
    const version = versionOf(secret, number);
    if (version && !version.isDestroyed) versions.set(String(number), change(version));
  }
  return Object.fromEntries(versions);
}
