import type { BackendType } from "../../logical/backend.ts";
import type { Log } from "../../logical/log.ts";
import type { SpecialPaths } from "../../logical/special-paths.ts";
import type { HostKind } from "../../logical/system-view.ts";
import type { Path } from "../path.ts";
import type { Dialect, Scope } from "./dialect.ts";
import type { OpenApiDocument, PathItem } from "./document.ts";
import { expandPattern } from "./expand-pattern.ts";
import { openbao } from "./openbao.ts";
import { vault } from "./vault.ts";

/** What a document is about, and who asked for it. */
export interface OpenApiSubject {
  readonly type: BackendType;
  readonly paths: readonly Path[];
  readonly specialPaths: SpecialPaths;
  readonly host: HostKind;
  readonly hostVersion: string;
  /** First part of operation ids, unless the definition gives one. */
  readonly defaultPrefix: string;
  readonly log: Log;
}

const dialects: Readonly<Record<HostKind, Dialect>> = { vault, openbao };

/** Documents the paths of a plugin in the way of its host. */
export function openApi(subject: OpenApiSubject): OpenApiDocument {
  const { paths, host, hostVersion, log } = subject;
  const dialect = dialects[host];
  const scope: Scope = { ...subject, dialect, schemas: new Map() };
  const items = new Map<string, PathItem>();
  for (const [key, item] of paths.flatMap((path) => itemsOf(path, scope))) {
    if (items.has(key)) log.warn("openapi shows the last of several definitions of a path", { path: key });
    items.set(key, item);
  }
  const { title, description } = dialect;
  const license = { name: "Mozilla Public License 2.0", url: "https://www.mozilla.org/en-US/MPL/2.0" };
  return {
    openapi: "3.0.2",
    info: { title, description, version: hostVersion, license },
    paths: Object.fromEntries(items),
    components: { schemas: Object.fromEntries(scope.schemas) },
  };
}

function itemsOf(path: Path, scope: Scope): readonly (readonly [string, PathItem])[] {
  const expansion = expandPattern(path.pattern);
  const texts = expansion?.paths ?? [path.pattern];
  return texts.flatMap((text, index) => scope.dialect.items({ path, text, index, expansion }, scope));
}
