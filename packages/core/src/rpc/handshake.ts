import { PluginError } from "./plugin-error.ts";
import type { Address } from "./transport/transport.ts";

/** What a plugin says of itself on its first line of standard output. */
export interface Handshake {
  readonly version: number;
  readonly address: Address;
  /** The plugin's certificate, DER. */
  readonly certificate: Uint8Array | undefined;
  /** Whether the line has a seventh member, and which. */
  readonly multiplexing: boolean | undefined;
}

/** Writes the line, with its end. */
export function formatHandshake({ version, address, certificate, multiplexing }: Handshake): string {
  // Go decodes without padding and fails on it.
  const encoded = certificate ? Buffer.from(certificate).toString("base64").replace(/=+$/, "") : "";
  const members = ["1", version, address.network, address.address, "grpc", encoded];
  // Hosts before go-plugin 1.6 split the line into six parts, so an uncalled-for seventh would end up in the certificate.
  return `${[...members, ...(multiplexing === undefined ? [] : [multiplexing])].join("|")}\n`;
}

/** Reads the line as Go's client does (client.go, Start). */
export function parseHandshake(line: string, accepted: readonly number[]): Handshake {
  const [core = "", version = "", network = "", address, protocol = "netrpc", certificate = "", multiplexing] = line
    .trim()
    .split("|");
  if (address === undefined) throw new PluginError("handshake-unrecognized", `no handshake line: ${shortened(line)}`);
  if (!/^\d+$/.test(core) || Number(core) !== 1) {
    throw new PluginError("handshake-core-version", `core protocol version ${shortened(core)} instead of 1`);
  }
  if (!/^\d+$/.test(version) || !accepted.includes(Number(version))) {
    const offered = accepted.join(", ");
    throw new PluginError("handshake-version", `protocol version ${shortened(version)} is none of ${offered}`);
  }
  if (network !== "unix" && network !== "tcp") {
    throw new PluginError("handshake-network", `unknown network: ${shortened(network)}`);
  }
  if (protocol !== "grpc") throw new PluginError("handshake-protocol", `unknown protocol: ${shortened(protocol)}`);
  return {
    version: Number(version),
    address: { network, address },
    certificate: certificateOf(certificate),
    multiplexing: multiplexing === undefined ? undefined : multiplexing === "true",
  };
}

function certificateOf(encoded: string): Uint8Array | undefined {
  // A shorter member is no certificate; Go's client ignores it.
  if (encoded.length <= 50) return undefined;
  if (!/^[A-Za-z0-9+/]+$/.test(encoded)) {
    throw new PluginError("handshake-certificate", "the certificate is not in base64 without padding");
  }
  return Buffer.from(encoded, "base64");
}

function shortened(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}...` : text);
}
