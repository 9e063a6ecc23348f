import { DefinitionError } from "./definition-error.ts";

/** A part of a regular expression, in the spelling of Go and in one with which JavaScript finds just the same. */
export interface PatternToken {
  readonly kind: "open" | "close" | "or" | "repeat" | "anchor" | "one";
  readonly go: string;
  readonly js: string;
}

const anyToken = new RegExp(
  [
    /\\(?:x\{[^}]*\}|x[\da-fA-F]{2}|[pP]\{[^}]*\}|[pP].|k<[^>]*>|u[\da-fA-F]{4}|u\{[^}]*\}|c[A-Za-z]|[1-9]\d*|.)/,
    /\[\^?(?:\\.|[^\]\\])*\]/, // class of characters
    /\(\?P?<(?![=!])[^>]*>/, // start of a named group
    /\(\?(?:<[=!]|[:=!>]|[a-zA-Z-]*[:)]|)/, // start of another group
    /[*+?]\??|\{\d+(?:,\d*)?\}\??/, // repetition
    /./,
  ]
    .map((expression) => expression.source)
    .join("|"),
  "gs",
);

// `\s` has more members in JavaScript than in Go.
const spaces = "\\t\\n\\f\\r ";
const otherThanSpaces = "\\0-\\x08\\x0b\\x0e-\\x1f\\x21-\\uffff";

/** Splits an expression into its parts. What Go lacks or reads otherwise than JavaScript is refused by its name. */
export function patternTokens(path: string, source: string): readonly PatternToken[] {
  return (source.match(anyToken) ?? []).map((text) => {
    const reason = refusalOf(text);
    if (reason !== undefined) throw new DefinitionError(`path "${path}": "${text}" cannot be used: ${reason}`);
    return tokenOf(text);
  });
}

const isReadDifferently = "Go and JavaScript read it differently";
const isUnknown = "Go's regular expressions do not have it";

function refusalOf(text: string): string | undefined {
  if (text.startsWith("(?")) return refusalOfGroup(text);
  if (text.startsWith("[")) return refusalOfClass(text);
  if (/^\{\d/.test(text) && (text.match(/\d+/g) ?? []).some((count) => Number(count) > 1000)) return isUnknown;
  return text.startsWith("\\") ? refusalOfEscape(text, /^\\[bB]/) : undefined;
}

function refusalOfGroup(text: string): string | undefined {
  const [, name] = /<(.*)>$/s.exec(text) ?? [];
  if (name !== undefined) return /^[A-Za-z_]\w*$/.test(name) ? undefined : "that is no name of a group";
  if (text === "(?:") return undefined;
  return /[=!>]$/.test(text) ? isUnknown : isReadDifferently;
}

function refusalOfClass(text: string): string | undefined {
  if (/^\[\^?\]/.test(text) || text.includes("[:")) return isReadDifferently;
  const escapes = text.match(/\\(?:x\{|[pP]|x[\da-fA-F]{2}|.)/gs) ?? [];
  return escapes.map((each) => refusalOfEscape(each, /^$/)).find((reason) => reason !== undefined);
}

function refusalOfEscape(text: string, more: RegExp): string | undefined {
  if (/^\\(?:[dDsSwWfnrtv]$|x[\da-fA-F]{2}|[^A-Za-z\d])/.test(text) || more.test(text)) return undefined;
  return /^\\[AzQEaCpPx0]/.test(text) ? isReadDifferently : isUnknown;
}

function tokenOf(text: string): PatternToken {
  if (text === ".") return { kind: "one", go: ".", js: "[^\\n]" };
  if (text === ")") return { kind: "close", go: text, js: text };
  if (text === "|") return { kind: "or", go: text, js: text };
  if (/^\(\?P?</.test(text)) {
    const name = text.replace(/^\(\?P?</, "");
    return { kind: "open", go: `(?P<${name}`, js: `(?<${name}` };
  }
  if (text.startsWith("(")) return { kind: "open", go: text, js: text };
  if (/^(?:[*+?]|\{\d)/.test(text)) return { kind: "repeat", go: text, js: text };
  if (/^(?:[\^$]|\\[bB])$/.test(text)) return { kind: "anchor", go: text, js: text };
  return { kind: "one", go: text.replaceAll("\\/", "/"), js: withGoSpaces(text) };
}

function withGoSpaces(text: string): string {
  if (text === "\\s") return `[${spaces}]`;
  if (text === "\\S") return `[^${spaces}]`;
  if (!text.startsWith("[")) return text;
  return text.replace(/\\./gs, (each) => {
    if (each === "\\s") return spaces;
    return each === "\\S" ? otherThanSpaces : each;
  });
}
