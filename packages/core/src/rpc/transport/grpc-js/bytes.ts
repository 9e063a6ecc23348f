/** Gives the same bytes as a `Buffer`: grpc-js refuses to send any other array of bytes. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Leaves what was received as it is. */
export function asBytes(bytes: Buffer): Uint8Array {
  return bytes;
}
