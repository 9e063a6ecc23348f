import type { NormalAnswer } from "./normal-form.ts";

/** A member in which two answers differ. */
export interface Difference {
  /** Where it is, such as `body.data.keys.0`. */
  readonly member: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** Finds where two answers differ. Where the status does, nothing else can be the same, and only that is told. */
export function compareAnswers(ours: NormalAnswer, theirs: NormalAnswer): Difference[] {
  if (ours.status === theirs.status) return differencesBetween(ours, theirs);
  return [{ member: "status", ours: { ...ours, headers: {} }, theirs: { ...theirs, headers: {} } }];
}

function differencesBetween(ours: unknown, theirs: unknown, member = ""): Difference[] {
  if (Object.is(ours, theirs)) return [];
  if (!isObject(ours) || !isObject(theirs) || Array.isArray(ours) !== Array.isArray(theirs))
    return [{ member, ours, theirs }];
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...names].flatMap((name) =>
    differencesBetween(ours[name], theirs[name], member === "" ? name : `${member}.${name}`),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
