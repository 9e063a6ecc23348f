import { type Context, type Data, InvalidRequest, type RecoverContext, type Response } from "@vaultwright/core";
import { checkNumbers } from "../../check-numbers.ts";
import { observe } from "../../observe.ts";
import { attributionOf } from "../attribution.ts";
import { checkAndSet } from "../check-and-set.ts";
import type { Engine } from "../engine.ts";
import { keyToWrite } from "../key.ts";
import { sendEvent, versionsSeen } from "../notify.ts";
import { newSecret } from "../secret.ts";
import { type StoredVersion, storeVersion } from "../store-version.ts";
import { versionFacts } from "../version-facts.ts";

interface Fields {
  readonly path: string;
  readonly data?: Data;
  readonly options?: Data;
}

/** Makes a new version out of the value of a request. */
export async function writeData(engine: Engine, context: Context<Fields>): Promise<Response> {
  const { data, options = {} } = context.fields;
  keyToWrite(context.fields.path);
  if (data === undefined) throw new InvalidRequest("no data provided");
  // A field of this kind makes an empty object of null, which is a value of its own here.
  return write(engine, context, { value: context.request.data?.["data"] === null ? null : data, options });
}

/** Makes a new version out of what a snapshot held: the host puts the answer of a read where a body would be. */
export async function recoverData(engine: Engine, context: RecoverContext<Fields>): Promise<Response> {
  // It refuses a source of another kind.
  context.sourceFields();
  const value = context.request.data?.["data"];
  if (value === undefined || value === null) throw new InvalidRequest("no data provided");
  return write(engine, context, { value, options: {} });
}

async function write(
  engine: Engine,
  context: Context<Fields>,
  { value, options }: { readonly value: unknown; readonly options: Data },
): Promise<Response> {
  const { fields, request, signal, storage } = context;
  const key = keyToWrite(fields.path);
  checkNumbers(value);
  const settings = await engine.settings.read(storage);
  return engine.locks.exclusive(
    key,
    async () => {
      const stored = await engine.secrets.getChecked(storage, request, key);
      checkAndSet(options, settings, stored.secret ?? newSecret(0));
      const by = attributionOf(request);
      const made = await storeVersion(engine, storage, { key, value, stored, settings, by });
      return answerVersion(context, { key, made, operation: "write" });
    },
    { signal },
  );
}

/** Tells the host and the client of a version that was made. */
export function answerVersion(
  context: Context<unknown>,
  {
    key,
    made,
    operation,
  }: { readonly key: string; readonly made: StoredVersion; readonly operation: "write" | "patch" },
): Response {
  const { secret, version, warnings } = made;
  const path = `data/${key}`;
  sendEvent(context, { operation: `data-${operation}`, path, dataPath: path, secret });
  const isNew = { is_new_secret: secret.currentVersion === 1 && secret.oldestVersion === 1 };
  observe(context, `kvv2/secret/${operation}`, { ...(operation === "write" && isNew), ...versionsSeen(secret) });
  return { data: { ...versionFacts(secret, secret.currentVersion, version) }, warnings };
}
