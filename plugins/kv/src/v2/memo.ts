/** Results that are kept, and letters of a text and its result, beyond which neither is kept. */
const limits = { results: 10_000, letters: 512 } as const;

/** Gives what a function makes of a text within another, and remembers it. */
type Memo = (text: string, within?: string) => string;

/**
 * Remembers what a function makes of a text; the oldest result makes room for the next. What throws is not remembered. A
 * text that comes within another than before is made anew: to join both for a longer text to look up takes a multiple of
 * the time.
 */
export function createMemo(make: (text: string, within: string) => string): Memo {
  const results = new Map<string, { readonly within: string; readonly result: string }>();
  return (text, within = "") => {
    const known = results.get(text);
    if (known?.within === within) return known.result;
    const result = make(text, within);
    if (text.length + within.length + result.length > limits.letters) return result;
    const [oldest] = results.keys();
    if (oldest !== undefined && results.size >= limits.results) results.delete(oldest);
    results.set(text, { within, result });
    return result;
  };
}
