import type { RawAnswer } from "./raw-request.ts";

/** Headers that clients act on. */
const comparedHeaders = ["content-type", "cache-control", "location", "allow", "warning", "retry-after"];

/** What no two servers have in common, and what stands for it. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<uuid>"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, "<time>"],
  [/hv[sb]\.[\w-]+/g, "<token>"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "<signed>"],
  [/_[0-9a-f]{8}\b/g, "_<accessor>"],
  [/\b[A-Za-z0-9]{24}\b/g, "<id>"],
  [/\b[0-9a-f]{64}\b/g, "<hash>"],
  [/127\.0\.0\.1:\d+/g, "<address>"],
];

/** Numbers that depend on when a request is answered. */
const moments = new Set(["server_time_utc", "creation_time", "echo_duration_ms", "clock_skew_ms", "last_renewal_time"]);
/** Numbers that are a second less when a request is answered late. */
const remainders = new Set(["ttl", "lease_duration"]);

/** An answer without what no two servers have in common. */
export interface NormalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Brings an answer into the form in which those of two servers can be compared. */
export function normalAnswer({ status, headers, text }: RawAnswer, kept: ReadonlyMap<string, string>): NormalAnswer {
  const found = comparedHeaders.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, normalText(String(headers[name]), kept)]],
  );
  return { status, headers: Object.fromEntries(found), body: normalBody(text, kept) };
}

function normalBody(text: string, kept: ReadonlyMap<string, string>): unknown {
  try {
    return normalValue(JSON.parse(text), kept);
  } catch {
    // What is not JSON is compared as it is.
    return normalText(text, kept);
  }
}

/** Brings a value of JSON into that form. */
export function normalValue(value: unknown, kept: ReadonlyMap<string, string>, name = ""): unknown {
  if (typeof value === "string") return normalText(value, kept);
  if (typeof value === "number") return normalNumber(value, name);
  if (Array.isArray(value)) return value.map((each) => normalValue(each, kept));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, each]) => [normalText(key, kept), normalValue(each, kept, key)]);
  return Object.fromEntries(members);
}

function normalNumber(value: number, name: string): unknown {
  if (moments.has(name)) return "<moment>";
  return remainders.has(name) ? Math.ceil(value / 10) * 10 : value;
}

function normalText(text: string, kept: ReadonlyMap<string, string>): string {
  let normal = text;
  for (const [name, value] of kept) if (value.length > 8) normal = normal.replaceAll(value, `<${name}>`);
  for (const [pattern, replacement] of replacements) normal = normal.replace(pattern, replacement);
  return normal;
}
