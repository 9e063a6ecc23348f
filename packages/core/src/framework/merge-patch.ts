import { LogicalError } from "../logical/errors.ts";
import type { Shown } from "../logical/present.ts";

/** What a merge patch may say of a value: another value or `null` to remove it; of an object, that for each member. */
export type Change<V> = V extends readonly unknown[]
  ? V | null
  : V extends object
    ? { readonly [K in keyof V]?: Change<V[K]> } | null
    : V | null;

type Removable<C> = { [K in keyof C]-?: null extends C[K] ? K : never }[keyof C];

/** What a patch makes of a value: what the patch may remove may be missing. */
export type Patched<T, C> = Shown<Omit<T, Removable<C>> & Partial<Pick<T, Extract<keyof T, Removable<C>>>>>;

/**
 * Changes a stored value by the fields of a `patch`, as RFC 7396 says: members that are absent stay, `null` removes one, and
 * objects are merged. What is not stored cannot be patched, which is thrown.
 */
export function mergePatch<T extends object, const C extends { readonly [K in keyof T]?: Change<T[K]> }>(
  resource: T | undefined,
  changes: C,
): Patched<T, C> {
  if (resource === undefined) throw new LogicalError("unknown", "resource does not exist");
  // The members are those of the stored value and of changes to it, without those that the patch removes.
  return merged(resource, changes) as Patched<T, C>;
}

function merged(target: unknown, patch: unknown): unknown {
  if (!isPlain(patch)) return patch;
  const members = new Map(isPlain(target) ? Object.entries(target) : []);
  for (const [name, change] of Object.entries(patch)) {
    if (change === undefined) continue;
    if (change === null) members.delete(name);
    else members.set(name, merged(members.get(name), change));
  }
  return Object.fromEntries(members);
}

/** Whether a value is an object whose members JSON shows, and not a `Date` or a `Map`. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
