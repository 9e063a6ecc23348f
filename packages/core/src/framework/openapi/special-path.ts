/** Whether a path of a document falls under an entry of the special paths; braces of parameters are ordinary text. */
export function isSpecial(path: string, entries: readonly string[] = []): boolean {
  return entries.some(
    (entry) =>
      entry === path ||
      (entry.endsWith("*") && path.startsWith(entry.slice(0, -1))) ||
      (entry.includes("+") && matchesSegments(path.split("/"), entry.split("/"))),
  );
}

function matchesSegments(segments: readonly string[], entry: readonly string[]): boolean {
  if (segments.length < entry.length) return false;
  for (const [index, expected] of entry.entries()) {
    const segment = segments[index] ?? "";
    if (expected.endsWith("*") && segment.startsWith(expected.slice(0, -1))) return true;
    if (expected !== "+" && expected !== segment) return false;
  }
  return segments.length === entry.length;
}
