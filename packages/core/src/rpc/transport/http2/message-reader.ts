import { RpcError } from "../../status.ts";

/** Bytes in front of each message: whether it is compressed, and its length. */
export const prefixSize = 5;

const maxLength = 2 ** 31 - 1;

/** Gives what goes in front of a message. */
export function prefixOf(message: Uint8Array): Uint8Array {
  const prefix = Buffer.allocUnsafe(prefixSize);
  prefix[0] = 0;
  prefix.writeUInt32BE(message.length, 1);
  return prefix;
}

/** Cuts the body of a call into messages. */
export class MessageReader {
  /** The beginning of a message with its prefix. What is allocated grows with what has come, whatever the prefix says. */
  #parts: Uint8Array[] = [];
  #size = 0;
  #needed = prefixSize;

  /** Whether a message has begun and has not ended. */
  get isWithin(): boolean {
    return this.#size > 0;
  }

  /** Takes the next bytes, and gives the messages that they complete to `take`. */
  push(bytes: Uint8Array, take: (message: Uint8Array) => void): void {
    let rest = bytes;
    while (rest.length > 0) {
      if (this.#size === 0 && rest.length >= prefixSize) {
        const end = prefixSize + lengthOf(rest);
        if (rest.length >= end) {
          take(rest.subarray(prefixSize, end));
          rest = rest.subarray(end);
          continue;
        }
      }
      rest = this.#gather(rest, take);
    }
  }

  #gather(bytes: Uint8Array, take: (message: Uint8Array) => void): Uint8Array {
    const part = bytes.subarray(0, this.#needed - this.#size);
    this.#parts.push(part);
    this.#size += part.length;
    if (this.#size < this.#needed) return new Uint8Array();
    const gathered = Buffer.concat(this.#parts, this.#size);
    if (this.#needed === prefixSize) this.#needed += lengthOf(gathered);
    if (this.#size < this.#needed) {
      this.#parts = [gathered];
    } else {
      this.#parts = [];
      this.#size = 0;
      this.#needed = prefixSize;
      take(gathered.subarray(prefixSize));
    }
    return bytes.subarray(part.length);
  }
}

function lengthOf(bytes: Uint8Array): number {
  if (bytes[0] !== 0) throw new RpcError("unimplemented", "a compressed message, though no compression was agreed on");
  const length = byte(bytes, 1) * 2 ** 24 + (byte(bytes, 2) << 16) + (byte(bytes, 3) << 8) + byte(bytes, 4);
  if (length <= maxLength) return length;
  throw new RpcError("resource-exhausted", `a message of ${length} bytes, at most ${maxLength} are taken`);
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
