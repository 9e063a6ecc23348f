import { goQuote } from "../coerce/go-quote.ts";
import { parseFault } from "./template-fault.ts";

/** Kinds of token; `text` stands outside of actions. */
export type TokenKind =
  | "text"
  | "open"
  | "close"
  | "name"
  | "field"
  | "dot"
  | "number"
  | "string"
  | "char"
  | "other"
  | "end";

/** A piece of a template. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Where it begins in the source. */
  readonly at: number;
  /** Whether space stands before it, as it must between operands. */
  readonly isSpaced: boolean;
}

const closing = /[ \t\r\n]*?([ \t\r\n]-)?\}\}/y;

/** The tokens of actions by their form; the first that fits is taken. */
const forms: readonly (readonly [kind: TokenKind, form: RegExp])[] = [
  [
    "number",
    /[+-]?(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?|\.\d)[\d_]*(?:[eE][+-]?[\d_]+)?)|[+-]/y,
  ],
  ["dot", /\.(?=[ \t\r\n.,|:()]|\}\}|$)/y],
  ["field", /\.[\p{L}\p{Nd}_]*/uy],
  ["name", /[\p{L}\p{Nd}_]+/uy],
  ["string", /"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`/y],
  ["char", /'(?:[^'\\\n]|\\[^\n])*'/y],
];

const unterminated: ReadonlyMap<string, string> = new Map([
  ['"', "unterminated quoted string"],
  ["`", "unterminated raw quoted string"],
  ["'", "unterminated character constant"],
]);

/** Gives the tokens of a template one by one, so that the first mistake is the one that is told. */
export function* tokensOf(source: string): Generator<Token, undefined> {
  let at = 0;
  let isTrimmed = false;
  for (;;) {
    const open = source.indexOf("{{", at);
    const end = open === -1 ? source.length : open;
    const hasMarker = open !== -1 && /^-[ \t\r\n]/.test(source.slice(open + 2, open + 4));
    const text = trimmed(source.slice(at, end), isTrimmed, hasMarker);
    if (text !== "") yield { kind: "text", text, at, isSpaced: false };
    if (open === -1) {
      yield { kind: "end", text: "", at: end, isSpaced: false };
      return;
    }
    const start = open + (hasMarker ? 4 : 2);
    if (source.startsWith("/*", start)) [at, isTrimmed] = skipComment(source, start);
    else {
      yield { kind: "open", text: "{{", at: open, isSpaced: false };
      [at, isTrimmed] = yield* actionTokens(source, start);
    }
  }
}

/** Drops space at the ends. A regular expression for the end would try each space in the middle. */
function trimmed(text: string, atStart: boolean, atEnd: boolean): string {
  let [start, end] = [0, text.length];
  while (atStart && start < end && isSpace(text.charAt(start))) start += 1;
  while (atEnd && end > start && isSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isSpace(character: string): boolean {
  return " \t\r\n".includes(character);
}

/** Gives where the text after a comment begins, and whether space there is dropped. */
function skipComment(source: string, start: number): [at: number, isTrimmed: boolean] {
  const end = source.indexOf("*/", start + 2);
  if (end === -1) throw parseFault(source, start, "unclosed comment");
  const [close, marker] = /^(?:[ \t\r\n](-))?\}\}/.exec(source.slice(end + 2, end + 6)) ?? [];
  if (close === undefined) throw parseFault(source, end, "comment ends before closing delimiter");
  return [end + 2 + close.length, marker !== undefined];
}

function* actionTokens(source: string, start: number): Generator<Token, [at: number, isTrimmed: boolean]> {
  let at = start;
  let depth = 0;
  for (;;) {
    const close = match(closing, source, at);
    if (close) {
      if (depth > 0) throw parseFault(source, at, "unclosed left paren");
      const end = at + close[0].length;
      yield { kind: "close", text: "}}", at: end - 2, isSpaced: true };
      return [end, close[1] !== undefined];
    }
    const space = match(/[ \t\r\n]*/y, source, at)?.[0].length ?? 0;
    const token = tokenAt(source, at + space, space > 0);
    if (token.text === "(") depth += 1;
    if (token.text === ")") depth -= 1;
    if (depth < 0) throw parseFault(source, token.at, "unexpected right paren");
    yield token;
    at = token.at + token.text.length;
  }
}

function tokenAt(source: string, at: number, isSpaced: boolean): Token {
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if (at >= source.length) throw parseFault(source, at, "unclosed action");
  for (const [kind, form] of forms) {
    const found = match(form, source, at);
    if (!found) continue;
    checkEnd(source, at, kind, found[0]);
    return { kind, text: found[0], at, isSpaced };
  }
  if (character === "$") throw parseFault(source, at, "variables are not supported");
  const fault = unterminated.get(character);
  if (fault !== undefined) throw parseFault(source, at, fault);
  if (!/[\x21-\x7e]/.test(character))
    throw parseFault(source, at, `unrecognized character in action: ${named(character)}`);
  return { kind: "other", text: character, at, isSpaced };
}

/** What follows a name or a number must not look like more of it. */
function checkEnd(source: string, at: number, kind: TokenKind, text: string): void {
  const rest = source.slice(at + text.length);
  const [next = ""] = rest;
  if ((kind === "name" || kind === "field") && !/^(?:[ \t\r\n.,|:()]|\}\}|$)/.test(rest))
    throw parseFault(source, at, `bad character ${named(String.fromCodePoint(rest.codePointAt(0) ?? 0))}`);
  const more = /[\p{L}\p{Nd}_]/u.test(next) ? next : "";
  if (kind === "number" && more !== "") throw parseFault(source, at, `bad number syntax: ${goQuote(text + more)}`);
}

function named(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")} '${character}'`;
}

function match(form: RegExp, source: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(source);
}
