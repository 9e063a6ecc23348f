import { type Context, matchingKeys, type Response, UserError } from "@vaultwright/core";
import { observe } from "../../observe.ts";
import type { Engine } from "../engine.ts";
import { folderOf } from "../key.ts";
import type { Secret } from "../secret.ts";
import { shownCustomMetadata } from "../version-facts.ts";
import { ifReadable } from "./if-readable.ts";
import { inParallel } from "./list-secrets.ts";
import { visitSecrets } from "./walk-secrets.ts";

/** What a search looks for: secrets that fit all of it. */
export interface SearchFields {
  readonly path: string;
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly after?: string;
  readonly limit?: number;
}

/** Each secret can have some 40 kB of custom metadata, and an answer is made as a whole. */
const mostFound = 500;

/** Gives the names and the custom metadata of the secrets below a folder that fit. */
export async function searchSecrets(engine: Engine, context: Context<SearchFields>): Promise<Response> {
  const { secrets, settings } = engine;
  const { fields, storage } = context;
  const { path, name: pattern, metadata = {}, limit = 0 } = fields;
  if (!(await settings.read(storage)).isSearchable)
    throw new UserError('search is off in this mount; "search" at config/extensions turns it on');
  const folder = folderOf(path);
  const most = limit > 0 ? Math.min(limit, mostFound) : mostFound;
  const found = new Map<string, Secret["customMetadata"] | null>();
  let unreadable = 0;

  const next = await visitSecrets(secrets, context, async (names) => {
    const fitting = matchingKeys(names, pattern);
    const read = await inParallel(fitting, (name) =>
      ifReadable(context, folder + name, async () => {
        // Nothing else of the secret is kept.
        const { secret } = await secrets.get(storage, folder + name);
        return { custom: secret && shownCustomMetadata(secret) };
      }),
    );
    for (const [index, name] of fitting.entries()) {
      const each = read[index];
      if (!each) unreadable += 1;
      if (each?.custom === undefined || !fits(each.custom ?? {}, metadata)) continue;
      found.set(name, each.custom);
      if (found.size === most) return name;
    }
    return undefined;
  });

  observe(context, "kvv2/metadata/search");
  const info = [...found].map(([name, custom]) => [name, { custom_metadata: custom }] as const);
  return {
    data: { keys: [...found.keys()], key_info: Object.fromEntries(info), ...(next !== undefined && { next }) },
    ...(unreadable > 0 && { warnings: [`secrets that cannot be read, of which the log tells: ${unreadable}`] }),
  };
}

function fits(custom: Secret["customMetadata"], wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(
    ([name, pattern]) => Object.hasOwn(custom, name) && matchingKeys([custom[name] ?? ""], pattern).length > 0,
  );
}
