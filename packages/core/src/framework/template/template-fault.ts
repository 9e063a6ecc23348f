/** What is wrong with a template, or with applying it. */
export class TemplateFault extends Error {
  override readonly name: string = "TemplateFault";
}

/** Where something stands, as Go shows it: its line, and the bytes before it in that line. */
export function placeOf(source: string, at: number): { readonly line: number; readonly column: number } {
  const lines = source.slice(0, at).split("\n");
  return { line: lines.length, column: Buffer.byteLength(lines.at(-1) ?? "") };
}

/** Makes the fault of a template that cannot be parsed. */
export function parseFault(source: string, at: number, message: string): TemplateFault {
  return new TemplateFault(`template: template:${placeOf(source, at).line}: ${message}`);
}
