/** Writes a text as a pattern that matches nothing else; `RegExp.escape` does it too, but not in Node 22. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
