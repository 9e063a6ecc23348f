import { type Builder, t } from "@vaultwright/core";
import type { Answer } from "../hosts/framework.ts";
import type { Kind } from "./values.ts";

/** Says what our framework makes of a value, in the form of the answers of Go's. */
export function askOurs(kind: Kind, value: unknown): Answer {
  // A union of builders cannot be called; without options they are all called alike.
  const build = t[kind] as Builder<unknown>;
  const result = build()["~standard"].validate(value);
  if (result.issues) return { set: false, value: null, error: result.issues.map(({ message }) => message).join() };
  return result.value === undefined ? { set: false, value: null } : { set: true, value: printable(result.value) };
}

/** Spells a value as the Go program prints it. */
function printable(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Map) return Object.fromEntries(value);
  if (!(value instanceof Date)) return value;
  const seconds = Math.floor(value.getTime() / 1000);
  return `${seconds}.${String(value.getTime() - seconds * 1000).padStart(3, "0")}000000`;
}
