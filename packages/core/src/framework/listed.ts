const listed = new WeakSet<object>();

/** Remembers what a definition lists, because what it forgets is never told to the host. */
export function rememberListed(...lists: readonly (readonly object[] | undefined)[]): void {
  for (const each of lists.flatMap((list) => list ?? [])) listed.add(each);
}

/** Whether a definition that was made in this process lists this very object. */
export function isListed(each: object): boolean {
  return listed.has(each);
}
