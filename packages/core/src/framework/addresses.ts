import { isIP, isIPv4 } from "node:net";
import ipaddr from "ipaddr.js";
import { UserError } from "../logical/errors.ts";
import { goQuote } from "./coerce/go-quote.ts";

/** A block of addresses; a single address is a block of all its bits. */
export interface Block {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
  /** Zero where none was written. */
  readonly port: number;
}

/** Whether a caller may come from this address: any may where there are no bounds. */
export function remoteAddrIsAllowed(remoteAddr: string | undefined, cidrs: readonly string[]): boolean {
  if (cidrs.length === 0) return true;
  if (remoteAddr === undefined || isIP(remoteAddr) === 0) return false;
  const remote = parseBlock(remoteAddr)?.address;
  if (remote === undefined) return false;
  return cidrs.some((cidr) => {
    const block = parseBlock(cidr);
    return block !== undefined && block.address.kind() === remote.kind() && remote.match(block.address, block.bits);
  });
}

/**
 * Checks an address, a CIDR block, an address with a port or the path of a UNIX socket, and gives it as hosts show it: in
 * its shortest form, IPv4 addresses within IPv6 as such, and a block of one address without its mask.
 */
export function parseAddress(text: string): string {
  if (text.startsWith("/") && text !== "/") return text;
  const block = parseBlock(text);
  if (block === undefined) {
    const quoted = goQuote(text);
    throw new UserError(
      `error parsing address ${quoted}: Unable to convert ${quoted} to an IPv4 or IPv6 address, or a UNIX Socket`,
    );
  }
  const { address, bits, port } = block;
  const isV6 = address instanceof ipaddr.IPv6;
  const host = isV6 ? address.toRFC5952String() : address.toString();
  if (port > 0) return isV6 ? `[${host}]:${port}` : `${host}:${port}`;
  return bits < (isV6 ? 128 : 32) ? `${host}/${bits}` : host;
}

/** Reads an address, a block, or an address with a port, whose port says nothing of who may come. */
export function parseBlock(text: string): Block | undefined {
  const { host, port } = splitPort(text);
  const [, written = "", mask] = /^([^/]*)(?:\/(\d+))?$/.exec(host) ?? [];
  if (isIP(written) === 0 || written.includes("%") || port > 65_535) return undefined;
  const address = ipaddr.process(isIPv4(written) ? written : withoutDots(written));
  const most = isIPv4(written) ? 32 : 128;
  const bits = mask === undefined ? most : Number(mask);
  if (bits > most) return undefined;
  const isMapped = most === 128 && address.kind() === "ipv4";
  return { address, bits: isMapped ? mappedBits(bits) : bits, port };
}

/** The mask of an IPv4 address that is written as IPv6 counts the 96 bits before it too; with fewer, hosts ignore it. */
function mappedBits(bits: number): number {
  return bits < 96 ? 32 : bits - 96;
}

/** The library takes `::1.2.3.4`, an address of IPv6, for 1.2.3.4; in hexadecimal digits it does not. */
function withoutDots(v6: string): string {
  return v6.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: readonly string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}

function splitPort(text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, portBehindBracket] = /^\[([^\]/]+)\](?::(\d*))?$/.exec(text) ?? [];
  const [, v4, portBehindV4] = /^([\d.]+):(\d*)$/.exec(text) ?? [];
  return { host: bracketed ?? v4 ?? text, port: Number(portBehindBracket ?? portBehindV4 ?? 0) };
}
