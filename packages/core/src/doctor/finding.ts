/** What a check found: all is well, something to know, or something to repair. */
export type Finding =
  | { readonly state: "ok" | "note"; readonly text: string }
  | { readonly state: "failed"; readonly text: string; readonly repair: string };

/** What a check found, with what it looked at. */
export type NamedFinding = Finding & { readonly name: string };

export function ok(text: string): Finding {
  return { state: "ok", text };
}

export function note(text: string): Finding {
  return { state: "note", text };
}

export function failed(text: string, repair: string): Finding {
  return { state: "failed", text, repair };
}

/** Gives the text of whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
