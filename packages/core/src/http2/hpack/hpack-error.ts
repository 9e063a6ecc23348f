/** A header block that cannot be decoded, or a field that cannot be encoded. */
export class HpackError extends Error {
  override readonly name = "HpackError";
}
