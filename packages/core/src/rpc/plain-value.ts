import type { Json } from "./hclog.ts";

const maxDepth = 6;

/** Makes any value writable as JSON; never throws. An `Error` becomes its message, bytes only their number. */
export function plainValue(value: unknown, above: readonly object[] = []): Json {
  try {
    return convert(value, above);
  } catch {
    return "(unreadable)";
  }
}

function convert(value: unknown, above: readonly object[]): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object") return typeof value === "function" ? "(function)" : String(value);
  if (value instanceof Error) return value.message;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "(invalid date)" : value.toISOString();
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
  if (above.includes(value)) return "(circular)";
  if (above.length >= maxDepth) return "(nested too deep)";
  const around = [...above, value];
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, it]) => [String(key), plainValue(it, around)]));
  if (Array.isArray(value) || value instanceof Set) return [...value].map((it) => plainValue(it, around));
  if ("toJSON" in value && typeof value.toJSON === "function") return plainValue(value.toJSON(), around);
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, plainValue(it, around)]));
}
