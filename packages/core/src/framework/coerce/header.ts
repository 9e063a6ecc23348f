import type { HeaderMap } from "../../logical/headers.ts";
import { parseJson } from "../../logical/json.ts";
import { map } from "./map.ts";
import { isObject, kindOf, noPair, Refusal } from "./refusal.ts";
import { text } from "./text.ts";

type Line = readonly [name: string, value: string];

/** Takes HTTP headers: an object, its JSON as text or base64, or an array of `name:value`. */
export function header(raw: unknown): HeaderMap {
  if (typeof raw === "string") return collect(fromObject(decode(raw), text));
  if (raw === null || raw === undefined || isObject(raw)) return collect(fromObject(raw, onlyText));
  const elements = Array.isArray(raw) ? raw : [raw];
  return collect(elements.every(isObject) ? fromObject(elements, onlyText) : elements.map(fromLine));
}

function fromObject(raw: unknown, readValue: (value: unknown) => string): readonly Line[] {
  return Object.entries(map(raw) ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): Line => [name, readValue(each)]),
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

function decode(raw: string): unknown {
  if (raw === "") throw new Refusal("'data' being decoded is nil");
  const json = isBase64(raw) ? Buffer.from(raw, "base64").toString() : raw;
  try {
    return parseJson(json);
  } catch (error) {
    throw new Refusal("cannot parse value as JSON", { cause: error });
  }
}

function isBase64(raw: string): boolean {
  return raw.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(raw);
}

function collect(lines: readonly Line[]): HeaderMap {
  const headers = new Map<string, string[]>();
  for (const [name, value] of lines) {
    const key = canonical(name);
    headers.set(key, [...(headers.get(key) ?? []), value]);
  }
  return headers;
}

/** Spells `content-type` as `Content-Type`; what cannot be the name of a header stays as it is. */
function canonical(name: string): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name;
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (first) => first.toUpperCase());
}
