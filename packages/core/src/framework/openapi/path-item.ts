import { present } from "../../logical/present.ts";
import type { Places, Scope, Variant } from "./dialect.ts";
import type { PathItem } from "./document.ts";
import { isSpecial } from "./special-path.ts";
import { ifTrue, inOneLine, shown } from "./written.ts";

/** Gives what documents say of a path as a whole, under the given spelling of it. */
export function pathItem(text: string, { path }: Variant, { shared }: Places, scope: Scope): PathItem {
  const { root, unauthenticated } = scope.specialPaths;
  return present({
    description: inOneLine(path.summary),
    parameters: shared.length === 0 ? undefined : shared,
    "x-vault-sudo": ifTrue(isSpecial(text, root)),
    "x-vault-unauthenticated": ifTrue(isSpecial(text, unauthenticated)),
    "x-vault-displayAttrs": shown(path.display),
  });
}

/** Whether documents tell that a path can be created by a write. */
export function canCreate({ path, expansion }: Variant): boolean {
  const create = path.operations.get("create");
  return expansion !== undefined && create !== undefined && !create.definition.unpublished;
}

/** The names of the parameters in a path. */
export function parametersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name))];
}
