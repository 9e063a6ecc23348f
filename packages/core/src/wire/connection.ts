import type {
  CertificateChain,
  Connection as ConnectionMessage,
  ConnectionState as ConnectionStateMessage,
} from "../gen/pb/backend.ts";
import { present } from "../logical/present.ts";
import type { Connection, TlsState } from "../logical/request.ts";
import { nonEmpty, nonZero } from "./absent.ts";

/** Gives a client's connection as a message. */
export function connectionToWire(connection: Connection): ConnectionMessage {
  return {
    remoteAddr: connection.remoteAddr ?? "",
    connectionState: connection.tls && tlsStateToWire(connection.tls),
    remotePort: connection.remotePort ?? 0,
    proxiedCertificatesRaw: connection.proxiedCertificates ?? [],
    peerCertificatesRaw: connection.peerCertificates ?? [],
  };
}

/** Reads a client's connection. */
export function connectionFromWire(connection: ConnectionMessage): Connection {
  return present({
    remoteAddr: nonZero(connection.remoteAddr),
    remotePort: nonZero(connection.remotePort),
    tls: connection.connectionState && tlsStateFromWire(connection.connectionState),
    proxiedCertificates: nonEmpty(connection.proxiedCertificatesRaw),
    peerCertificates: nonEmpty(connection.peerCertificatesRaw),
  });
}

function tlsStateToWire({ peerCertificates, verifiedChains, ...scalars }: TlsState): ConnectionStateMessage {
  return {
    ...scalars,
    peerCertificates: chainToWire(peerCertificates),
    verifiedChains: verifiedChains.map(chainToWire),
  };
}

function tlsStateFromWire({ peerCertificates, verifiedChains, ...scalars }: ConnectionStateMessage): TlsState {
  return {
    ...scalars,
    peerCertificates: chainFromWire(peerCertificates),
    verifiedChains: verifiedChains.map(chainFromWire),
  };
}

function chainToWire(certificates: readonly Uint8Array[]): CertificateChain {
  return { certificates: certificates.map((asn1Data) => ({ asn1Data })) };
}

function chainFromWire(chain: CertificateChain | undefined): readonly Uint8Array[] {
  return (chain?.certificates ?? []).map(({ asn1Data }) => asn1Data);
}
