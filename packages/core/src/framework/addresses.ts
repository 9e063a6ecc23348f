import { isIP, isIPv4 } from "node:net";
import ipaddr from "ipaddr.js";
import { UserError } from "../logical/errors.ts";

/** A block of addresses; a single address is a block of all its bits. */
export interface Block {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
}

/** Whether a caller may come from this address: any may where there are no bounds. */
export function remoteAddrIsAllowed(remoteAddr: string | undefined, cidrs: readonly string[]): boolean {
  if (cidrs.length === 0) return true;
  if (remoteAddr === undefined || isIP(remoteAddr) === 0) return false;
  const remote = ipaddr.process(remoteAddr);
  return cidrs.some((cidr) => {
    const block = parseBlock(cidr);
    return block !== undefined && block.address.kind() === remote.kind() && remote.match(block.address, block.bits);
  });
}

/**
 * Checks an address, a CIDR block, an address with a port or the path of a UNIX socket, and gives it as hosts show it:
 * as it was written, but a block of one address without its mask.
 */
export function parseAddress(text: string): string {
  if (text.startsWith("/")) return text;
  const block = parseBlock(text);
  if (block === undefined)
    throw new UserError(
      `error parsing address "${text}": Unable to convert "${text}" to an IPv4 or IPv6 address, or a UNIX Socket`,
    );
  const isSingle = text.includes("/") && block.bits === (block.address.kind() === "ipv4" ? 32 : 128);
  return isSingle ? text.slice(0, text.indexOf("/")) : text;
}

/** Reads an address, a block, or an address with a port, whose port says nothing of who may come. */
export function parseBlock(text: string): Block | undefined {
  const [, address = "", mask] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(withoutPort(text)) ?? [];
  if (isIP(address) === 0 || address.includes("%")) return undefined;
  const parsed = ipaddr.process(address);
  const written = isIPv4(address) ? 32 : 128;
  const bits = mask === undefined ? written : Number(mask);
  if (bits > written) return undefined;
  // The mask of an IPv4 address that is written as IPv6 counts the 96 bits before it too.
  const mapped = written === 128 && parsed.kind() === "ipv4";
  return { address: parsed, bits: mapped ? Math.max(0, bits - 96) : bits };
}

function withoutPort(text: string): string {
  const [, v6] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text) ?? [];
  const [, v4] = /^([\d.]+):\d{1,5}$/.exec(text) ?? [];
  return v6 ?? v4 ?? text;
}
