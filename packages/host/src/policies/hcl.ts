import { type HclToken, hclTokens } from "./hcl-tokens.ts";

/** A value of an HCL document. */
export type HclValue = string | number | boolean | readonly HclValue[] | HclObject;

/** An object or the body of a block; keys may come more than once. */
export interface HclObject {
  readonly items: readonly HclItem[];
}

/** `key = value`, or a block: its kind, its labels, and its body as the value. */
export interface HclItem {
  readonly keys: readonly string[];
  readonly value: HclValue;
}

/** Says whether a value is an object. */
export function isHclObject(value: HclValue): value is HclObject {
  return typeof value === "object" && "items" in value;
}

/**
 * Parses the part of HCL version 1 that policies are written in: blocks with labels, assignments, texts, here-documents,
 * numbers, booleans, lists, objects and comments. A document that is a JSON object gives the same. Throws `SyntaxError`.
 */
export function parseHcl(source: string): HclObject {
  if (source.trimStart().startsWith("{")) return objectFromJson(parseJsonObject(source));
  const parser = createParser(hclTokens(source));
  return { items: parser.items("end") };
}

function createParser(tokens: readonly HclToken[]) {
  let index = 0;
  const peek = (): HclToken => {
    const token = tokens[Math.min(index, tokens.length - 1)];
    if (token === undefined) throw new SyntaxError("empty document");
    return token;
  };
  const take = (): HclToken => {
    const token = peek();
    index += 1;
    return token;
  };
  const isNext = (text: string): boolean => peek().kind === "punctuation" && peek().text === text;
  const accept = (text: string): boolean => {
    if (!isNext(text)) return false;
    index += 1;
    return true;
  };
  const fail = (token: HclToken, wanted: string): never => {
    throw new SyntaxError(`At ${token.line}:${token.column}: expected ${wanted}, found ${token.text}`);
  };

  const items = (until: "end" | "}"): HclItem[] => {
    const found: HclItem[] = [];
    while (!(until === "end" ? peek().kind === "end" : isNext("}"))) {
      found.push(item());
      accept(",");
    }
    return found;
  };
  const item = (): HclItem => {
    const keys: string[] = [];
    while (peek().kind === "identifier" || peek().kind === "string") keys.push(take().text);
    if (keys.length === 0) fail(peek(), "a key");
    if (accept("=") || accept(":")) return { keys, value: value() };
    if (isNext("{")) return { keys, value: object() };
    return fail(peek(), "= or {");
  };
  const object = (): HclObject => {
    take();
    const body = { items: items("}") };
    take();
    return body;
  };
  const list = (): HclValue[] => {
    take();
    const found: HclValue[] = [];
    while (!isNext("]")) {
      found.push(value());
      if (!accept(",") && !isNext("]")) fail(peek(), ", or ]");
    }
    take();
    return found;
  };
  const value = (): HclValue => {
    if (isNext("{")) return object();
    if (isNext("[")) return list();
    const token = take();
    if (token.kind === "string") return token.text;
    if (token.kind === "number") return Number(token.text);
    if (token.kind === "identifier" && (token.text === "true" || token.text === "false")) return token.text === "true";
    return fail(token, "a value");
  };
  return { items };
}

function parseJsonObject(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    throw new SyntaxError("the document starts like JSON and is not JSON", { cause });
  }
}

function objectFromJson(value: unknown): HclObject {
  const members = Object.entries(value ?? {});
  return { items: members.map(([key, member]) => ({ keys: [key], value: valueFromJson(member) })) };
}

function valueFromJson(value: unknown): HclValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(valueFromJson);
  if (typeof value === "object" && value !== null) return objectFromJson(value);
  throw new SyntaxError("null is not a value here");
}
