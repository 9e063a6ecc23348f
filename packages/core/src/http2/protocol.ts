/** Numbers of the frame types (RFC 9113, section 6). */
export const frameTypes = {
  data: 0,
  headers: 1,
  priority: 2,
  rstStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** Bits of a frame's flags; which of them mean something depends on its type. */
export const flags = {
  ack: 0x1,
  endStream: 0x1,
  endHeaders: 0x4,
  padded: 0x8,
  priority: 0x20,
} as const;

/** Error codes of RST_STREAM and GOAWAY (RFC 9113, section 7). */
export const errorCodes = {
  noError: 0,
  protocolError: 1,
  internalError: 2,
  flowControlError: 3,
  streamClosed: 5,
  frameSizeError: 6,
  refusedStream: 7,
  cancel: 8,
  compressionError: 9,
  enhanceYourCalm: 11,
} as const;

/** Bytes in front of every frame's payload. */
export const frameHeaderSize = 9;

/** What a client sends before its first frame. */
export const clientPreface: Uint8Array = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

/** The greatest size of a flow-control window. */
export const maxWindow: number = 2 ** 31 - 1;

/** The greatest number of a stream. */
export const maxStreamId: number = 2 ** 31 - 1;

/** Size of every window and limit of every frame until settings say otherwise. */
export const defaults = { window: 65_535, frameSize: 16_384, headerTableSize: 4096 } as const;
