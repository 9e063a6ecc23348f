import {
  type Context,
  type Data,
  InternalError,
  InvalidRequest,
  mergePatch,
  type Response,
  respondWithStatus,
} from "@vaultwright/core";
import { checkNumbers } from "../../check-numbers.ts";
import { attributionOf } from "../attribution.ts";
import { checkAndSet } from "../check-and-set.ts";
import type { Engine } from "../engine.ts";
import { type FoundVersion, findVersion, isReadable } from "../find-version.ts";
import { keyOf } from "../key.ts";
import type { StoredSecret } from "../secrets.ts";
import type { Settings } from "../settings.ts";
import { storeVersion } from "../store-version.ts";
import { versionFacts } from "../version-facts.ts";
import { answerVersion } from "./write-data.ts";

interface Fields {
  readonly path: string;
  readonly data?: Data | null;
  readonly options?: Data | null;
}

/** Makes a new version out of the current one and a JSON merge patch. */
export async function patchData(engine: Engine, context: Context<Fields>): Promise<Response> {
  const { fields, request, signal, storage } = context;
  const { data: changes } = fields;
  if (changes === undefined) throw new InvalidRequest("no data provided");
  const key = keyOf(fields.path);
  return engine.locks.exclusive(
    key,
    async () => {
      const stored = await engine.secrets.get(storage, key);
      if (!stored.secret) return respondWithStatus(request, 404);
      const settings = await engine.settings.read(storage);
      checkAndSet(fields.options ?? {}, settings, stored.secret);
      const found = findVersion(stored);
      if (!found) return respondWithStatus(request, 404);
      if (!isReadable(found)) return respondWithStatus(request, 404, { data: flatFacts(found) });
      // Null as a whole would remove everything, which is a deletion and no patch.
      if (changes === null) throw new InvalidRequest("no data provided");
      return makeVersion(engine, context, { key, changes, found, stored, settings });
    },
    { signal },
  );
}

interface Patch {
  readonly key: string;
  readonly changes: Data;
  readonly found: FoundVersion;
  readonly stored: StoredSecret;
  readonly settings: Settings;
}

async function makeVersion(engine: Engine, context: Context<Fields>, patch: Patch): Promise<Response> {
  const { key, changes, found, stored, settings } = patch;
  const { request, storage } = context;
  const current = await engine.secrets.getValue(storage, key, found.secret, found.number);
  if (!isObject(current)) throw new InternalError("resource does not exist");
  checkNumbers(changes);
  const value = mergePatch(current, changes);
  const made = await storeVersion(engine, storage, { key, value, stored, settings, by: attributionOf(request) });
  return answerVersion(context, { key, made, operation: "patch" });
}

/** Here the answer for a version without a value has no level for metadata, other than that of a read. */
function flatFacts({ secret, number, version }: FoundVersion): Data {
  return { ...versionFacts(secret, number, version) };
}

function isObject(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
