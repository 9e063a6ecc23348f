import { BlockList, isIP } from "node:net";

/** Says whether an address is in one of the addresses and blocks; an empty list admits everybody. */
export function isAddressBound(address: string, boundCidrs: readonly string[]): boolean {
  if (boundCidrs.length === 0) return true;
  const family = isIP(address);
  if (family === 0) return false;
  const blocks = new BlockList();
  for (const cidr of boundCidrs) {
    const [network = "", bits] = cidr.split("/");
    const networkFamily = isIP(network);
    if (networkFamily === 0) continue;
    const type = networkFamily === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) blocks.addAddress(network, type);
    else blocks.addSubnet(network, Number(bits), type);
  }
  return blocks.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Says what is wrong with a text that should be an address or a block of addresses. */
export function addressProblem(text: string): string | undefined {
  const [network = "", bits, ...rest] = text.split("/");
  const most = isIP(network) === 6 ? 128 : 32;
  const isRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  if (isIP(network) !== 0 && isRange && rest.length === 0) return undefined;
  const quoted = JSON.stringify(text);
  return `error parsing address ${quoted}: Unable to convert ${quoted} to an IPv4 or IPv6 address, or a UNIX Socket`;
}
