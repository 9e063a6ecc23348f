/** The peer broke a rule after which nothing on its connection can be trusted: it ends with GOAWAY. */
export class ConnectionError extends Error {
  override readonly name: string = "ConnectionError";
  /** One of `errorCodes`. */
  readonly code: number;

  constructor(code: number, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The peer broke a rule of one stream only: that stream ends with RST_STREAM. */
export class StreamError extends Error {
  override readonly name: string = "StreamError";
  readonly streamId: number;
  /** One of `errorCodes`. */
  readonly code: number;

  constructor(streamId: number, code: number, message: string) {
    super(message);
    this.streamId = streamId;
    this.code = code;
  }
}
