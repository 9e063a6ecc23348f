import type { Path } from "@vaultwright/core";
import type { Upgrade } from "./upgrade.ts";

/** Makes all operations of a path wait for the upgrade from version 1, or be refused. */
export function checkedPath(path: Path, upgrade: Upgrade): Path {
  const checked = [...path.operations].map(([name, { face, definition }]) => {
    const handler: typeof definition.handler = async (context) => {
      await upgrade.check(context.signal);
      return definition.handler(context);
    };
    return [name, { face, definition: { ...definition, handler } }] as const;
  });
  return { ...path, operations: new Map(checked) };
}
