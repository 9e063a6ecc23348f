import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import { RpcError } from "../../status.ts";
import type { Metadata } from "../transport.ts";

/** Fields of every request and answer that are not the caller's. */
const ownFields = new Set([
  "content-type",
  "te",
  "user-agent",
  "grpc-timeout",
  "grpc-encoding",
  "grpc-accept-encoding",
]);

/** Gives the metadata among header fields; binary values, which nobody in this protocol sends, are left out. */
export function metadataOf(fields: readonly HeaderField[]): Metadata {
  const metadata = new Map<string, string[]>();
  for (const [name, value] of fields) {
    if (name.startsWith(":") || name.endsWith("-bin") || ownFields.has(name)) continue;
    const values = metadata.get(name);
    if (values) values.push(value);
    else metadata.set(name, [value]);
  }
  return metadata;
}

/** Gives metadata as header fields; throws for what gRPC has no place for, which peers would end the call for. */
export function fieldsOf(metadata: Metadata): readonly HeaderField[] {
  return [...metadata].flatMap(([name, values]) => {
    if (!/^[0-9a-z_.-]+$/.test(name)) throw new RpcError("internal", `metadata cannot have the name "${name}"`);
    return values.map((value): HeaderField => {
      if (/[^ -~]/.test(value)) throw new RpcError("internal", `the metadata "${name}" is not printable ASCII`);
      return [name, value];
    });
  });
}

const units: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 0.001, n: 0.000_001 };

/** Reads a `grpc-timeout` in milliseconds; nothing for a text that is none. */
export function parseTimeout(text: string): number | undefined {
  const unit = units[text.slice(-1)];
  const digits = text.slice(0, -1);
  return unit === undefined || !/^\d{1,8}$/.test(digits) ? undefined : Number(digits) * unit;
}

/** Writes a `grpc-timeout`, in the finest unit for which its eight digits are enough. */
export function formatTimeout(milliseconds: number): string {
  const whole = Math.max(0, Math.ceil(milliseconds));
  return whole < 100_000_000 ? `${whole}m` : `${Math.min(99_999_999, Math.ceil(whole / 1000))}S`;
}

/** Writes a `grpc-message`: UTF-8, and everything but printable ASCII in percent notation. */
export function encodeDetails(text: string): string {
  if (/^[ -$&-~]*$/.test(text)) return text;
  let encoded = "";
  for (const byte of Buffer.from(text)) {
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    encoded += isPlain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

/** Reads a `grpc-message`; a percent sign without two digits stands for itself. */
export function decodeDetails(text: string): string {
  if (!text.includes("%")) return text;
  const bytes = text.replaceAll(/%([0-9a-fA-F]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return Buffer.from(bytes, "latin1").toString();
}
