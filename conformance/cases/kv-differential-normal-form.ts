import type { KvAnswer } from "./kv-differential-send.ts";

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
/** The mount's name; where the path of a request is in a text, it is another one for each plugin. */
const place = "MOUNT";

/** How an answer is read. */
export interface Reading {
  /** The name of the mount. */
  readonly mount: string;
  /** Whether the plugin in Go gives leases here that ours does not. */
  readonly ignoresLeases: boolean;
}

/** The parts of an answer that must be the same, as one text. */
export function normalForm({ status, contentType, text }: KvAnswer, reading: Reading): string {
  const body = text.startsWith("{") ? readBody(text, reading) : text;
  return JSON.stringify({ status, contentType, body }).replaceAll(reading.mount, place);
}

function readBody(text: string, { ignoresLeases }: Reading): unknown {
  const { request_id, mount_type, lease_id, lease_duration, renewable, ...body } = JSON.parse(text, comparable);
  const lease = ignoresLeases ? {} : { lease_id: String(lease_id ?? "") !== "", lease_duration, renewable };
  return { ...body, ...lease, request_id: isGiven(request_id), mount_type: isGiven(mount_type) };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== "";
}

/** Numbers with all their digits, times in minutes from now, and members in order. */
function comparable(_name: string, value: unknown, { source }: { source?: string } = {}): unknown {
  if (typeof value === "number") return `number ${source}`;
  if (typeof value === "string")
    return time.test(value) ? minutesFromNow(value) : rounded(inOrder(withoutDetails(value)));
  if (Array.isArray(value)) return value.filter((each) => !isFolder(each));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members);
}

/** What was left by another sequence of requests is seen in the root, and may have ended where the two differ. */
function isFolder(value: unknown): boolean {
  return typeof value === "string" && /^f\d+\/$/.test(value);
}

/** All lives of versions are whole minutes long, so that the moments between two requests do not matter. */
function minutesFromNow(value: string): string {
  return `${Math.round((Date.parse(value) - Date.now()) / 60_000)} minutes from now`;
}

/**
 * Go's types are in its words for values that cannot be read, and of several such fields it names any. Values
 * themselves are never in ours.
 */
function withoutDetails(text: string): string {
  return text
    .replace(/^((?:Field validation failed: )?error converting input for field) .*/s, "$1")
    .replace(/^(custom_metadata validation failed: .* got unconvertible type '.*'), value: '.*'$/s, "$1");
}

/** Go names what is wrong with several members in any order. */
function inOrder(text: string): string {
  if (!/^\d+ errors occurred:\n/.test(text)) return text;
  const [count, ...faults] = text.trimEnd().split("\n");
  return [count, ...faults.sort()].join("\n");
}

/** Ours keeps all digits of integers in custom metadata, which Go rounds to doubles before it makes texts of them. */
function rounded(text: string): string {
  return /^-?\d[\d.]{15,}(e\+\d+)?$/.test(text) ? `digits ${Number(text)}` : text;
}
