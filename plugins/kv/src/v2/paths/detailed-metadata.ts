import { type Context, list, type Path, pageFields, path, type Storage, t } from "@vaultwright/core";
import { effectiveSettings } from "../effective-settings.ts";
import type { Engine } from "../engine.ts";
import { folderOf } from "../key.ts";
import { metadataFacts } from "../metadata-facts.ts";
import { inParallel, listPage, type NamePage } from "../operations/list-secrets.ts";
import { walkSecrets } from "../operations/walk-secrets.ts";

/** Lists with the metadata of each secret, which only OpenBao's engine has. */
export function detailedMetadataPath(engine: Engine): Path {
  const { secrets, settings } = engine;

  async function answer(storage: Storage, folder: string, names: readonly string[]) {
    const mount = await settings.read(storage);
    // A folder shows the metadata of a secret that has its name.
    const details = await inParallel(names, async (name) => {
      const { secret } = await secrets.get(storage, folderlessKey(folder + name));
      return secret ? { ...metadataFacts(engine, secret), ...effectiveSettings(engine, mount, secret) } : {};
    });
    return list(names, Object.fromEntries(names.map((name, index) => [name, details[index]])));
  }

  return path("detailed-metadata/:path*", {
    summary: "Lists secrets with their metadata.",
    display: { operationPrefix: "kv-v2" },
    fields: { path: t.string({ description: "The folder to list." }), ...pageFields },
    async list({ fields, storage }: Context<NamePage & { readonly path: string }>) {
      return answer(storage, folderOf(fields.path), await listPage(secrets, storage, fields.path, fields));
    },
    async scan({ fields, storage }: Context<{ readonly path: string }>) {
      return answer(storage, folderOf(fields.path), await Array.fromAsync(walkSecrets(secrets, storage, fields.path)));
    },
  });
}

function folderlessKey(name: string): string {
  return name.replace(/\/$/, "");
}
