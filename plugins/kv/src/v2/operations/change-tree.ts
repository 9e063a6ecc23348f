import { type Context, type Response, UserError } from "@vaultwright/core";
import { attributionOf } from "../attribution.ts";
import { deletionTime } from "../deletion-time.ts";
import type { Engine } from "../engine.ts";
import { folderOf } from "../key.ts";
import { isDeleted, type Secret, type Version, versionNumbers, versionOf } from "../secret.ts";
import type { Settings } from "../settings.ts";
import { mapVersions, noteChange, undeleted } from "./change-versions.ts";
import { ifReadable } from "./if-readable.ts";
import { visitSecrets } from "./walk-secrets.ts";

/** What a deletion of all that is below a folder, and the undoing of one, ask for. */
export interface TreeFields {
  readonly path: string;
  readonly dry_run: boolean;
  readonly after?: string;
}

type Operation = "delete" | "undelete";

/**
 * Deletes all versions of all secrets below a folder, or undoes that; a dry run only counts them. Each secret changes by one
 * write and changes only once, so that a request that was interrupted can be made again.
 */
export async function changeTree(
  engine: Engine,
  context: Context<TreeFields>,
  operation: Operation,
): Promise<Response> {
  const { fields, log, signal, storage } = context;
  const folder = folderOf(fields.path);
  if (folder === "") throw new UserError("missing path");
  const settings = await engine.settings.read(storage);
  const counts = { secrets: 0, versions: 0 };
  const warnings: string[] = [];
  let unreadable = 0;

  const change = async (key: string): Promise<void> => {
    const count = await ifReadable(context, key, () => changeSecret(engine, context, { key, operation, settings }));
    if (count === undefined) unreadable += 1;
    if (count) counts.secrets += 1;
    counts.versions += count ?? 0;
  };
  let last: string | undefined;
  const visit = async (names: readonly string[]): Promise<string | undefined> => {
    const outcomes = await Promise.allSettled(names.map((name) => change(folder + name)));
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (!failed) {
      last = names.at(-1);
      return undefined;
    }
    // The host must see its storage's own words where nothing was done yet, for another node may be able to do it.
    if (signal.aborted || last === undefined) throw failed.reason;
    warnings.push(`it stopped before its end: ${textOf(failed.reason)}`);
    return last;
  };

  try {
    const next = await visitSecrets(engine.secrets, context, visit);
    if (unreadable > 0) warnings.push(`secrets that cannot be read, of which the log tells: ${unreadable}`);
    return { data: { dry_run: fields.dry_run, ...counts, ...(next !== undefined && { next }) }, warnings };
  } catch (error) {
    log.warn("work on the secrets below a folder stopped before its end", { path: context.request.path, ...counts });
    throw error;
  }
}

interface Change {
  readonly key: string;
  readonly operation: Operation;
  readonly settings: Settings;
}

/** Gives the number of versions that change. */
async function changeSecret(engine: Engine, context: Context<TreeFields>, change: Change): Promise<number> {
  const { locks, secrets } = engine;
  const { fields, signal, storage } = context;
  const { key, operation } = change;
  const work = async () => {
    const { secret, ...stored } = await secrets.get(storage, key);
    if (!secret) return 0;
    const numbers = versionNumbers(secret).filter((number) => concerns[operation](versionOf(secret, number)));
    if (fields.dry_run || numbers.length === 0) return numbers.length;
    const changed = changedBy(context, change, { secret, numbers });
    await secrets.put(storage, key, { ...stored, secret: changed });
    noteChange(context, { key, operation, secret: changed, numbers });
    return numbers.length;
  };
  return fields.dry_run ? work() : locks.exclusive(key, work, { signal });
}

/** What is undone is what was done here, and no deletion that somebody wanted for itself. */
const concerns: Readonly<Record<Operation, (version: Version | undefined) => boolean>> = {
  delete: (version) => version !== undefined && !version.isDestroyed && !isDeleted(version),
  undelete: (version) => version?.deletedBy?.operation === nameOf("delete") && !version.isDestroyed,
};

function nameOf(operation: Operation): string {
  return `${operation}-tree`;
}

function changedBy(
  { request }: Context<TreeFields>,
  { operation, settings }: Change,
  { secret, numbers }: { readonly secret: Secret; readonly numbers: readonly number[] },
): Secret {
  const by = attributionOf(request, nameOf(operation));
  const now = Date.now();
  const deletion = deletionTime(now, settings, secret);
  const versions = mapVersions(secret, numbers, (version) =>
    operation === "delete" ? { ...version, deletion: now, deletedBy: by } : undeleted(version, deletion),
  );
  return { ...secret, versions, lastUpdatedBy: by };
}

function textOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
