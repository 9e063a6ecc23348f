import type { Address } from "../transport.ts";

/** Gives an address in grpc-js's notation. */
export function targetOf({ network, address }: Address): string {
  return network === "unix" ? `unix:${address}` : address;
}
