import type { Address } from "./transport.ts";

/** Gives the address at which a server listens, once the system has chosen the port of one that left it open. */
export function withPort(address: Address, port: number | undefined): Address {
  if (address.network === "unix" || port === undefined) return address;
  const host = address.address.slice(0, address.address.lastIndexOf(":"));
  return { network: "tcp", address: `${host}:${port}` };
}
