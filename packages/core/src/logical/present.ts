/** The same type as a list of its members, which is what editors then show instead of how it was made. */
export type Shown<T> = { [K in keyof T]: T[K] } & {};

/** An object's type without its undefined members: they may be missing, and are never undefined. */
export type Present<T> = Shown<
  { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
    [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
  }
>;

/** Leaves out the members that are undefined, because the nouns say "absent" by not having the member. */
export function present<const T extends object>(shape: T): Present<T> {
  const members: Record<string, unknown> = {};
  // Every request passes here several times, and this loop takes a sixth of what a list of the members would. The shapes are
  // literals of this code: no caller names their members, and they inherit none.
  for (const name in shape) if (shape[name] !== undefined) members[name] = shape[name];
  // What is left has no undefined member, which is what the type says.
  return members as Present<T>;
}
