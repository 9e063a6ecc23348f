/** Results that are kept, and letters of a text and its result, beyond which neither is kept. */
const limits = { results: 10_000, letters: 512 } as const;

/** Remembers what a function makes of a text; the oldest result makes room for the next. What throws is not remembered. */
export function createMemo(make: (text: string) => string): (text: string) => string {
  const results = new Map<string, string>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = make(text);
    if (text.length + result.length > limits.letters) return result;
    const [oldest] = results.keys();
    if (oldest !== undefined && results.size >= limits.results) results.delete(oldest);
    results.set(text, result);
    return result;
  };
}
