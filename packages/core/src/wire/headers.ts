import type { Header } from "../gen/pb/backend.ts";
import type { HeaderMap } from "../logical/headers.ts";

/** Gives headers as messages. */
export function headersToWire(headers: HeaderMap | undefined): Map<string, Header> {
  return new Map([...(headers ?? [])].map(([name, header]) => [name, { header }]));
}

/** Reads headers; undefined for none. */
export function headersFromWire(headers: ReadonlyMap<string, Header>): HeaderMap | undefined {
  if (headers.size === 0) return undefined;
  return new Map([...headers].map(([name, { header }]) => [name, header]));
}
