/** A value in a template; objects are maps, in which what is missing prints as `<no value>`. */
export type TemplateValue =
  | string
  | number
  | bigint
  | boolean
  | readonly TemplateValue[]
  | { readonly [name: string]: TemplateValue };

/** A value, or what is missing in a map. */
export type Value = TemplateValue | undefined;

/** Whether a value is a map. */
export function isMap(value: Value): value is { readonly [name: string]: TemplateValue } {
  return typeof value === "object" && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: Value): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

/** Whether an `if` takes a value for true: neither zero nor empty. */
export function isTrue(value: Value): boolean {
  if (isList(value)) return value.length > 0;
  return isMap(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** Gives a value as Go prints it. */
export function print(value: Value, missing = "<no value>"): string {
  if (value === undefined) return missing;
  if (isList(value)) return `[${value.map((each) => print(each)).join(" ")}]`;
  if (!isMap(value)) return String(value);
  const members = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `map[${members.map(([name, member]) => `${name}:${print(member)}`).join(" ")}]`;
}

/** Gives the name of a value's type in Go. */
export function typeName(value: Value): string {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint" || Number.isInteger(value)) return "int";
  if (typeof value === "number") return "float64";
  if (isList(value)) return "[]string";
  return value === undefined ? "<nil>" : "map[string]string";
}
