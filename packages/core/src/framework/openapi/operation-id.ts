import type { DisplayAttributes } from "../display.ts";

/** What the name of an operation is made of. */
export interface OperationNaming {
  /** A path that the pattern stands for, and its position among them. */
  readonly path: string;
  readonly index: number;
  readonly pathDisplay?: DisplayAttributes | undefined;
  readonly operation: string;
  readonly operationDisplay?: DisplayAttributes | undefined;
  /** What names begin with unless the definition says so, usually the type of the mount. */
  readonly defaultPrefix: string;
}

/** Names an operation, for instance `demo-read-role`. */
export function operationId(naming: OperationNaming): string {
  const { path, index, pathDisplay = {}, operation, operationDisplay = {}, defaultPrefix } = naming;
  const prefix = operationDisplay.operationPrefix || pathDisplay.operationPrefix;
  const verb = operationDisplay.operationVerb || pathDisplay.operationVerb;
  const suffixes = (operationDisplay.operationSuffix || pathDisplay.operationSuffix || "").split("|");
  const suffix = suffixes[index];
  const needsSuffix = !suffix && (!verb || suffix === undefined);
  return hyphenated([
    prefix || (verb ? "" : defaultPrefix),
    verb || (operation === "update" ? "write" : operation),
    needsSuffix ? hyphenated(path.split(/\W+/)) : (suffix ?? ""),
  ]);
}

/** Gives an operation's name as the start of a schema's name: `DemoReadRole`. */
export function titled(id: string): string {
  // Go sets the first letter of each word in upper case, and takes an underscore, a dot or a digit for part of a word.
  return id
    .split("-")
    .map((part) =>
      part.replace(/[\p{L}\p{N}_.':]+/gu, (word) => word.replace(/\p{L}/u, (first) => first.toUpperCase())),
    )
    .join("");
}

function hyphenated(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .join("-")
    .toLowerCase();
}
