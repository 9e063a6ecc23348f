/** Gives the values that are a little smaller than a JSON value: without a member, without a character, or a part of it. */
export function smaller(value: unknown): readonly unknown[] {
  if (typeof value === "string") return without([...value]).map((characters) => characters.join(""));
  if (Array.isArray(value)) return [...value, ...without(value), ...within(value)];
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value);
    return [
      ...members.map(([, member]) => member),
      ...without(members).map((rest) => Object.fromEntries(rest)),
      ...members.flatMap(([key, member], at) =>
        smaller(member).map((less) => Object.fromEntries(members.with(at, [key, less]))),
      ),
      ...members.flatMap(([key, member], at) =>
        without([...key]).map((less) => Object.fromEntries(members.with(at, [less.join(""), member]))),
      ),
    ];
  }
  return typeof value === "number" && value !== 0
    ? [0, 1, Math.trunc(value / 10)].filter((less) => less !== value)
    : [];
}

function within(values: readonly unknown[]): readonly unknown[] {
  return values.flatMap((value, at) => smaller(value).map((less) => values.with(at, less)));
}

/** A list without a half, and without each of its elements. */
function without<T>(values: readonly T[]): readonly (readonly T[])[] {
  if (values.length === 0) return [];
  const half = Math.ceil(values.length / 2);
  const halves = values.length > 2 ? [values.slice(0, half), values.slice(half)] : [];
  return [...halves, ...values.map((_value, at) => values.toSpliced(at, 1))];
}
