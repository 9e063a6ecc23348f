/** A header field. Name and value are strings of bytes: one character, U+0000 to U+00FF, for each. */
export type HeaderField = readonly [name: string, value: string];

/** What a field counts for in the size of a table or a list (RFC 7541, 4.1). */
export function fieldSize(field: HeaderField): number {
  return field[0].length + field[1].length + 32;
}
