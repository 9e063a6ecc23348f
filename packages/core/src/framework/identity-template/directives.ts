import { UserError } from "../../logical/errors.ts";

/** A template in pieces: the text before the first directive, and each directive with the text after it. */
export interface Pieces {
  readonly start: string;
  readonly rest: readonly { readonly directive: string; readonly text: string }[];
}

/** Splits a template at its `{{` and `}}`. */
export function splitTemplate(template: string): Pieces {
  const [start = "", ...pieces] = template.split("{{");
  if (start.includes("}}")) throw unbalanced();
  const rest = pieces.map((piece) => {
    const [directive = "", text, ...more] = piece.split("}}");
    if (text === undefined || more.length > 0) throw unbalanced();
    return { directive: directive.trim(), text };
  });
  return { start, rest };
}

function unbalanced(): UserError {
  return new UserError("unbalanced templating characters");
}
