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
