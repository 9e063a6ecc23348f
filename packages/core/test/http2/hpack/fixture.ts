import { createHash } from "node:crypto";
import { createHeaderDecoder, type HeaderDecoder, type HeaderField } from "../../../src/http2/hpack/decoder.ts";

/** Bytes written as hexadecimal digits, with spaces where they help. */
export function hex(digits: string): Buffer {
  return Buffer.from(digits.replaceAll(" ", ""), "hex");
}

/** Bytes that look random and are the same in every run. */
export function bytesOf(seed: string, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at * 32 < length; at += 1) parts.push(createHash("sha256").update(`${seed} ${at}`).digest());
  return Buffer.concat(parts).subarray(0, length);
}

/** A decoder with limits that nothing here reaches unless it says so. */
export function decoder({ maxTableSize = 4096, maxListSize = 1 << 20 } = {}): HeaderDecoder {
  return createHeaderDecoder({ maxTableSize, maxListSize });
}

/** Fields as lines of `name: value`. */
export function lines(fields: readonly HeaderField[] | "too-large"): readonly string[] | "too-large" {
  return fields === "too-large" ? fields : fields.map(([name, value]) => `${name}: ${value}`);
}
