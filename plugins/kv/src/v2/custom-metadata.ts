import { checkCustomMetadata, type Data, UserError } from "@vaultwright/core";

/** Reads metadata of a user's own, whose values are kept as text, and checks it. */
export function readCustomMetadata(given: Data): Readonly<Record<string, string>> {
  const metadata = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, textOf(value)]));
  checkCustomMetadata(metadata);
  return metadata;
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
      return value ? "1" : "0";
    case "number":
      return decimalText(value);
    case "bigint":
      return String(value);
    default:
      if (value === null) return "";
      throw new UserError(
        "custom_metadata validation failed: '' expected type 'string', got unconvertible type " +
          `'${Array.isArray(value) ? "[]interface {}" : "map[string]interface {}"}'`,
      );
  }
}

/** Writes a number without an exponent. */
function decimalText(value: number): string {
  const text = String(value);
  const [, sign = "", whole = "", fraction = "", exponent = ""] = /^(-?)(\d+)\.?(\d*)e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === "") return text;
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, "0");
}
