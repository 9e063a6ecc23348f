import type { HeaderMap } from "../../logical/headers.ts";
import { map } from "./map.ts";
import { kindOf, noPair, Refusal } from "./refusal.ts";

type Line = readonly [name: string, value: string];

/** Takes HTTP headers: an object, its JSON as text or base64, or an array of `name:value`. */
export function header(raw: unknown): HeaderMap {
  if (typeof raw === "string") return collect(fromObject(map(decode(raw))));
  const merged = objectOf(raw);
  if (merged !== undefined) return collect(fromObject(merged));
  return collect((Array.isArray(raw) ? raw : [raw]).map(fromLine));
}

function objectOf(raw: unknown): ReturnType<typeof map> | undefined {
  try {
    return map(raw);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}

function fromObject(members: ReturnType<typeof map>): readonly Line[] {
  return Object.entries(members ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): Line => [name, onlyText(each)]),
  );
}

function onlyText(value: unknown): string {
  if (typeof value !== "string") throw new Refusal(`expected a string as the value of a header, got ${kindOf(value)}`);
  return value;
}

function fromLine(element: unknown): Line {
  const line = typeof element === "string" ? element : "";
  const colon = line.indexOf(":");
  if (colon < 1) throw noPair(line);
  return [line.slice(0, colon), line.slice(colon + 1)];
}

/** Reads JSON, with numbers as the texts that they are written as: what is a number in a text is no header's number. */
function decode(raw: string): unknown {
  if (raw === "") throw new Refusal("'data' being decoded is nil");
  const base64 = raw.replace(/[\r\n]/g, "");
  const json = isBase64(base64) ? Buffer.from(base64, "base64").toString() : raw;
  try {
    return JSON.parse(json, asSpelled);
  } catch (error) {
    throw new Refusal("cannot parse value as JSON", { cause: error });
  }
}

function asSpelled(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" ? (context?.source ?? String(value)) : value;
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function collect(lines: readonly Line[]): HeaderMap {
  const headers = new Map<string, string[]>();
  for (const [name, value] of lines) {
    const key = canonical(name);
    const values = headers.get(key);
    // Another list for each value would take the square of the time.
    if (values) values.push(value);
    else headers.set(key, [value]);
  }
  return headers;
}

/** Spells `content-type` as `Content-Type`; what cannot be the name of a header stays as it is. */
function canonical(name: string): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name;
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (first) => first.toUpperCase());
}
