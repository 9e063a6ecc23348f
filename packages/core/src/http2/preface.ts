import { ConnectionError } from "./http2-error.ts";
import { clientPreface, errorCodes } from "./protocol.ts";

/** Makes what checks the bytes that a client sends before its first frame, and gives what comes after them. */
export function createPrefaceCheck(): (bytes: Uint8Array) => Uint8Array {
  let missing = clientPreface;
  return (bytes) => {
    if (missing.length === 0) return bytes;
    const length = Math.min(missing.length, bytes.length);
    if (Buffer.compare(bytes.subarray(0, length), missing.subarray(0, length)) !== 0) {
      throw new ConnectionError(errorCodes.protocolError, "the peer does not speak HTTP/2");
    }
    missing = missing.subarray(length);
    return bytes.subarray(length);
  };
}
