/** Keeps the keys that fit a pattern in which `*` stands for any text; without a pattern, all. */
export function matchingKeys(keys: readonly string[], pattern = ""): readonly string[] {
  if (pattern === "" || pattern === "*") return keys;
  const [first = "", ...middle] = pattern.split("*");
  const last = middle.pop();
  return keys.filter((key) => (last === undefined ? key === first : fits(key, first, middle, last)));
}

/** Whether these parts follow each other in a text, the first at its start and the last at its end. */
function fits(text: string, first: string, middle: readonly string[], last: string): boolean {
  if (!text.startsWith(first)) return false;
  let end = first.length;
  for (const part of middle) {
    const start = text.indexOf(part, end);
    if (start < 0) return false;
    end = start + part.length;
  }
  return text.length - end >= last.length && text.endsWith(last);
}
