/** A session or stream that broke, or that the other side refused. */
export class YamuxError extends Error {
  override readonly name = "YamuxError";
}
