/** A lexical element of an HCL document. */
export interface HclToken {
  readonly kind: "identifier" | "string" | "number" | "punctuation" | "end";
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const punctuation = new Set(["{", "}", "[", "]", "=", ",", ":"]);

/** Splits an HCL document into tokens; comments and blanks are dropped. Throws `SyntaxError` with the place. */
export function hclTokens(source: string): HclToken[] {
  const tokens: HclToken[] = [];
  let position = 0;
  while (position < source.length) {
    const rest = source.slice(position);
    const skipped = /^(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest);
    if (skipped !== null) {
      position += skipped[0].length;
      continue;
    }
    const { kind, text, length } = nextToken(source, position);
    tokens.push({ kind, text, ...placeOf(source, position) });
    position += length;
  }
  tokens.push({ kind: "end", text: "end of document", ...placeOf(source, source.length) });
  return tokens;
}

type Found = Pick<HclToken, "kind" | "text"> & { readonly length: number };

function nextToken(source: string, position: number): Found {
  const rest = source.slice(position);
  const first = rest[0] ?? "";
  if (punctuation.has(first)) return { kind: "punctuation", text: first, length: 1 };
  if (first === '"') return stringToken(source, position);
  const heredoc = /^<<(-?)([A-Za-z0-9_]+)\r?\n([\s\S]*?)\n?[ \t]*\2(?=\r?\n|$)/.exec(rest);
  if (heredoc !== null) return { kind: "string", text: `${heredoc[3] ?? ""}\n`, length: heredoc[0].length };
  const number = /^-?\d+(?:\.\d+)?(?![\w.-])/.exec(rest);
  if (number !== null) return { kind: "number", text: number[0], length: number[0].length };
  const identifier = /^[A-Za-z_][\w.-]*/.exec(rest);
  if (identifier !== null) return { kind: "identifier", text: identifier[0], length: identifier[0].length };
  throw syntaxError(source, position, `illegal character ${JSON.stringify(first)}`);
}

function stringToken(source: string, position: number): Found {
  const quoted = /^"((?:[^"\\\n]|\\.)*)"/.exec(source.slice(position));
  if (quoted === null) throw syntaxError(source, position, "literal not terminated");
  return { kind: "string", text: unescaped(quoted[1] ?? ""), length: quoted[0].length };
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", '"': '"', "\\": "\\" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_all, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (escapes[letter ?? ""] ?? `\\${letter}`) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function syntaxError(source: string, position: number, problem: string): SyntaxError {
  const { line, column } = placeOf(source, position);
  return new SyntaxError(`At ${line}:${column}: ${problem}`);
}

function placeOf(source: string, position: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, position).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
