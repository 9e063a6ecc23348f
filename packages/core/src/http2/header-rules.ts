import type { HeaderField } from "./hpack/decoder.ts";

/** Fields that belong to a connection, which HTTP/2 has none of. */
const connectionFields = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);

const requestPseudoFields = new Set([":method", ":scheme", ":path", ":authority"]);
const responsePseudoFields = new Set([":status"]);
const noPseudoFields = new Set<string>();

/** Blocks that were found well-formed: the decoder gives the same array for the same bytes. */
const known = new WeakSet<readonly HeaderField[]>();

/** Says what is wrong with a request's header fields (RFC 9113, section 8.2 and 8.3). */
export function faultOfRequest(fields: readonly HeaderField[]): string | undefined {
  if (known.has(fields)) return undefined;
  const fault = faultOf(fields, requestPseudoFields) ?? faultOfRequestLine(fields);
  if (fault === undefined) known.add(fields);
  return fault;
}

/** Says what is wrong with an answer's header fields. */
export function faultOfResponse(fields: readonly HeaderField[]): string | undefined {
  if (known.has(fields)) return undefined;
  const fault = faultOf(fields, responsePseudoFields) ?? missing(fields, ":status");
  if (fault === undefined) known.add(fields);
  return fault;
}

/** Says what is wrong with trailers. */
export function faultOfTrailers(fields: readonly HeaderField[]): string | undefined {
  return faultOf(fields, noPseudoFields);
}

function faultOf(fields: readonly HeaderField[], pseudoFields: ReadonlySet<string>): string | undefined {
  const seen = new Set<string>();
  let regular = false;
  for (const [name, value] of fields) {
    if (name.startsWith(":")) {
      if (regular) return `${name} after other fields`;
      if (!pseudoFields.has(name)) return `${name}, which does not belong here`;
      if (seen.has(name)) return `${name} twice`;
      seen.add(name);
    } else {
      regular = true;
      if (!/^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name)) return "a name of a field with letters that may not be in one";
      if (connectionFields.has(name)) return `${name}, which HTTP/2 does not have`;
      if (name === "te" && value !== "trailers") return "te with another value than trailers";
    }
    if (/[\0\r\n]/.test(value)) return `${name} with a line break or a zero in its value`;
  }
  return undefined;
}

function faultOfRequestLine(fields: readonly HeaderField[]): string | undefined {
  const absent = missing(fields, ":method") ?? missing(fields, ":scheme") ?? missing(fields, ":path");
  if (absent) return absent;
  return fieldValue(fields, ":path") === "" ? ":path without a value" : undefined;
}

function missing(fields: readonly HeaderField[], name: string): string | undefined {
  return fieldValue(fields, name) === undefined ? `no ${name}` : undefined;
}

/** The value of the first field with a name. */
export function fieldValue(fields: readonly HeaderField[], name: string): string | undefined {
  for (const field of fields) if (field[0] === name) return field[1];
  return undefined;
}
