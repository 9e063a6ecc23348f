import { Failure } from "../requests/failure.ts";

const deepest = 300;
const longestText = 1024 * 1024;
const mostMembers = 10_000;
const mostElements = 10_000;
const mostTokens = 500_000;

interface Container {
  readonly isObject: boolean;
  readonly keys: Set<string>;
  count: number;
  isKeyNext: boolean;
}

/**
 * Refuses an object or a list that is too deep, too long or not closed, or that has a key twice, in the words and with the
 * status of hosts, which look at that before they parse. A body that starts with anything else is left to the parser.
 */
export function checkJsonLimits(body: Buffer): void {
  const start = /^(?:\xef\xbb\xbf)?[ \t\r\n]*(?=[{[])/.exec(body.toString("latin1", 0, 4096));
  if (start === null) return;
  const open: Container[] = [];
  let tokens = 0;
  let isAfterComma = false;
  for (let at = start[0].length; at < body.length; at = afterSpace(body, at)) {
    const byte = body[at] ?? 0;
    const char = String.fromCharCode(byte);
    if (isAfterComma && char === "}") refuse("invalid character '}' after object key-value pair");
    if (isAfterComma && char === "]") refuse("invalid character ']' after array element");
    if (open.length === 0 && tokens > 0) refuse(`invalid character '${char}' after top-level value`);
    tokens += 1;
    if (tokens > mostTokens) refuse("JSON payload exceeds allowed token count");
    isAfterComma = char === ",";
    at = takeToken(body, at, open);
  }
  if (open.length > 0) refuse("malformed JSON, unclosed containers");
}

/** Takes note of the token at a place, and gives the place behind it. */
function takeToken(body: Buffer, at: number, open: Container[]): number {
  const container = open.at(-1);
  const char = String.fromCharCode(body[at] ?? 0);
  if (char === "{" || char === "[") {
    if (container !== undefined) takeValue(container);
    if (open.length === deepest) refuse("JSON input exceeds allowed nesting depth");
    open.push({ isObject: char === "{", keys: new Set(), count: 0, isKeyNext: char === "{" });
    return at + 1;
  }
  if (char === "}" || char === "]") {
    close(char, open);
    return at + 1;
  }
  if (char === '"') return takeText(body, at, container);
  if (char === ",") {
    if (container?.isObject) container.isKeyNext = true;
    return at + 1;
  }
  if (char === ":") return at + 1;
  if (!/[-0-9tfn]/.test(char)) refuse(`invalid character '${char}' looking for beginning of value`);
  if (container !== undefined) takeValue(container);
  return endOfScalar(body, at);
}

function close(char: "}" | "]", open: Container[]): void {
  const container = open.at(-1);
  if (container?.isObject && !container.isKeyNext) refuse("invalid character '}' after object key");
  if (container?.isObject !== (char === "}")) refuse(`malformed JSON: mismatched closing delimiter '${char}'`);
  open.pop();
}

function takeText(body: Buffer, at: number, container: Container | undefined): number {
  const end = endOfText(body, at);
  if (!container?.isObject || !container.isKeyNext) {
    if (container !== undefined) takeValue(container);
    return end;
  }
  const key = body.toString("utf8", at + 1, end - 1);
  if (container.keys.has(key)) refuse(`duplicate key '${key}' in object`);
  container.keys.add(key);
  container.isKeyNext = false;
  container.count += 1;
  if (container.count > mostMembers) refuse("JSON object exceeds allowed entry count");
  return end;
}

/** The members of objects are counted by their keys. */
function takeValue(container: Container): void {
  if (container.isObject) {
    container.isKeyNext = true;
    return;
  }
  container.count += 1;
  if (container.count > mostElements) refuse("JSON array exceeds allowed element count");
}

function endOfText(body: Buffer, at: number): number {
  for (let end = at + 1; end < body.length; end += 1) {
    if (body[end] === 0x22) return end + 1;
    if (body[end] === 0x5c) end += 1;
    if (end - at > longestText) refuse("JSON string value exceeds allowed length");
  }
  return refuse("malformed JSON, unclosed string");
}

function endOfScalar(body: Buffer, at: number): number {
  let end = at;
  while (end < body.length && !/[\s,}\]]/.test(String.fromCharCode(body[end] ?? 0))) end += 1;
  return end;
}

function afterSpace(body: Buffer, at: number): number {
  let next = at;
  while (next < body.length && /[ \t\r\n]/.test(String.fromCharCode(body[next] ?? 0))) next += 1;
  return next;
}

function refuse(text: string): never {
  throw new Failure(500, [text]);
}
