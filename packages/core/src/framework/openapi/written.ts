import type { DisplayAttributes } from "../display.ts";

/** Gives a text for a document, in one line; nothing for an empty one. */
export function inOneLine(text = ""): string | undefined {
  return text.trim().replace(/[\t\n\f\r ]+/g, " ") || undefined;
}

/** Gives a member that documents show only where it is true. */
export function ifTrue(condition: boolean | undefined): true | undefined {
  return condition || undefined;
}

/** Gives what documents show of display attributes: all but what only names operations, if there is anything. */
export function shown(display: DisplayAttributes = {}): DisplayAttributes | undefined {
  const { operationPrefix, operationVerb, operationSuffix, ...rest } = display;
  const members = Object.entries(rest).filter(
    ([name, value]) => value !== undefined && (name === "value" || (value !== "" && value !== false)),
  );
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
