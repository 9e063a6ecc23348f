/** Gives the members of an object without their values: objects to the given depth, null for anything else. */
export function shapeOf(value: unknown, depth: number): Readonly<Record<string, unknown>> | null {
  if (!isObject(value)) return null;
  const members = Object.entries(value).map(([name, member]) => [name, innerShape(member, depth)] as const);
  return Object.fromEntries(members);
}

/** Zero is no limit; one, and less than zero, leaves only the members of the value itself. */
function innerShape(member: unknown, depth: number): unknown {
  if (!isObject(member) || Object.keys(member).length === 0) return null;
  if (depth !== 0 && depth <= 1) return null;
  return shapeOf(member, depth === 0 ? 0 : depth - 1);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
