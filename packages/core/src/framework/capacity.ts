import { UserError } from "../logical/errors.ts";

const units: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["kb", 1000],
  ["kib", 1024],
  ["mb", 1000 ** 2],
  ["mib", 1024 ** 2],
  ["gb", 1000 ** 3],
  ["gib", 1024 ** 3],
  ["tb", 1000 ** 4],
  ["tib", 1024 ** 4],
]);

/** Reads a number of bytes, from a number or a text such as `10mb` or `10 MiB`; nothing and empty text are zero. */
export function parseCapacity(input: unknown): number {
  if (input === undefined || input === null || input === "") return 0;
  const [, count = "", unit = ""] = /^[\t ]*(\d+)[\t ]?([kmgt]i?b)?[\t ]*$/i.exec(textOf(input)) ?? [];
  const factor = units.get(unit.toLowerCase());
  const bytes = count === "" || factor === undefined ? Number.NaN : Number(count) * factor;
  if (!Number.isSafeInteger(bytes)) throw new UserError("could not parse capacity from input");
  return bytes;
}

/** A number loses its fraction, as in Go. */
function textOf(input: unknown): string {
  if (typeof input === "number") return String(Math.trunc(input));
  return typeof input === "string" || typeof input === "bigint" ? String(input) : "";
}
