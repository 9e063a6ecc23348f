// Shorter texts stand in every stack by chance, and hide nothing that could not be guessed.
const leastLength = 4;
const mostTexts = 500;

/** Gives the texts and numbers in some data, however deep, that must not be seen in a log. */
export function textsIn(...data: readonly unknown[]): readonly string[] {
  const found = new Set<string>();
  const rest = [...data];
  while (rest.length > 0 && found.size < mostTexts) {
    const value = rest.pop();
    // Pushed one by one: as arguments, the members of a large object would be too many.
    if (typeof value === "object" && value !== null) for (const member of Object.values(value)) rest.push(member);
    else if (typeof value === "string" || typeof value === "number" || typeof value === "bigint")
      found.add(String(value));
  }
  return [...found].filter((text) => text.length >= leastLength).sort((a, b) => b.length - a.length);
}

/** Replaces texts wherever they stand in another. */
export function conceal(text: string, hidden: readonly string[]): string {
  return hidden.reduce((rest, secret) => rest.replaceAll(secret, "(hidden)"), text);
}
