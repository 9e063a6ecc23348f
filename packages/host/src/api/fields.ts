import { type Data, UserError } from "@vaultwright/core/launch";
import { parseDuration } from "../values/duration.ts";

/** Reads a text of a request; absent is empty. */
export function textField(data: Data, name: string): string {
  const value = data[name];
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw invalid(name, "string");
}

/** Reads a switch of a request, also from its texts. */
export function booleanField(data: Data, name: string): boolean | undefined {
  const value = data[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "boolean") return value;
  if (value === 1 || ["1", "t", "T", "true", "TRUE", "True"].includes(String(value))) return true;
  if (value === 0 || ["0", "f", "F", "false", "FALSE", "False", ""].includes(String(value))) return false;
  throw invalid(name, "bool");
}

/** Reads a whole number of a request. */
export function integerField(data: Data, name: string): number {
  const value = data[name];
  if (value === undefined || value === null || value === "") return 0;
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) throw invalid(name, "int");
  return Math.trunc(number);
}

/** Reads a number of a request; absent is zero. */
export function floatField(data: Data, name: string): number {
  const value = data[name];
  if (value === undefined || value === null || value === "") return 0;
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  if (typeof value !== "string") throw invalid(name, "float64");
  const problem = `cannot parse '' as float: strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`;
  throw new UserError(`Field validation failed: error converting input for field ${JSON.stringify(name)}: ${problem}`);
}

/** Reads a duration of a request in seconds; absent and empty are undefined. */
export function secondsField(data: Data, name: string): number | undefined {
  const value = data[name];
  if (value === undefined || value === null || value === "") return undefined;
  return parseDuration(value);
}

/** Reads by how many seconds a lease shall be longer. */
export function incrementField(data: Data): number | undefined {
  try {
    const seconds = secondsField(data, "increment");
    if (seconds !== undefined && seconds < 0) throw new UserError(`cannot provide negative value '${seconds}'`);
    return seconds;
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`Field validation failed: error converting input for field "increment": ${problem}`, { cause });
  }
}

/** Reads a lifetime of a request in seconds, which may not be negative. */
export function durationField(data: Data, name: string): number | undefined {
  const seconds = secondsField(data, name);
  if (seconds === undefined || seconds >= 0) return seconds;
  throw new UserError(
    `error converting input for field ${JSON.stringify(name)}: cannot provide negative value '${seconds}'`,
  );
}

/** Reads a list of texts of a request, also from one text with commas. */
export function textsField(data: Data, name: string): string[] | undefined {
  const value = data[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string")
    return value
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  if (Array.isArray(value)) return value.map(String);
  throw invalid(name, "slice");
}

/** Reads the policies that an entity or a group lends; `root` cannot be lent. */
export function policiesField(data: Data, name: string): readonly string[] | undefined {
  const policies = textsField(data, name);
  if (policies?.some((policy) => policy.toLowerCase() === "root")) throw new UserError("policies cannot contain root");
  return policies && [...new Set(policies)].sort();
}

/** Reads a list of texts of a request; one text is a list of one. */
export function sliceField(data: Data, name: string): string[] | undefined {
  const value = data[name];
  return typeof value === "string" && value !== "" ? [value] : textsField(data, name);
}

/** Reads an object of a request. */
export function objectField(data: Data, name: string): Data {
  const value = data[name];
  if (value === undefined || value === null) return {};
  // A JSON value that is neither null nor a list nor a scalar has text keys only.
  if (typeof value === "object" && !Array.isArray(value)) return value as Data;
  throw invalid(name, "map");
}

/** Reads an object of texts of a request, also from texts as `key=value`. */
export function textMapField(data: Data, name: string): Record<string, string> | undefined {
  const value = data[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" || Array.isArray(value)) return pairs(name, [value].flat());
  const entries = Object.entries(objectField(data, name));
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value ?? "")]));
}

/** Reads a document, which clients may send in base64; no document looks like that. */
export function decodedDocument(given: string): string {
  const text = Buffer.from(given, "base64");
  return text.toString("base64") === given.trim() ? text.toString() : given;
}

function pairs(name: string, texts: readonly unknown[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, key, value] = /^([^=]*)=(.*)$/s.exec(String(text)) ?? [];
      if (key !== undefined && value !== undefined) return [key, value];
      const problem = `invalid key pair ${JSON.stringify(String(text))}`;
      throw new UserError(
        `Field validation failed: error converting input for field ${JSON.stringify(name)}: ${problem}`,
      );
    }),
  );
}

function invalid(name: string, type: string): UserError {
  const field = JSON.stringify(name);
  return new UserError(`Field validation failed: error converting input for field ${field}: expected type ${type}`);
}
