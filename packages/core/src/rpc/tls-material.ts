import type { PluginEnvironment } from "./environment.ts";
import { PluginError } from "./plugin-error.ts";
import { createSelfSigned, serverName } from "./self-signed.ts";
import type { ClientTls, ServerTls } from "./tls.ts";

/** What a plugin needs for TLS: on its listener, on its own connections to the host, and in the handshake line. */
export interface TlsMaterial {
  readonly server: ServerTls;
  readonly client: ClientTls;
  /** The certificate that the handshake line carries, DER. A host that gave it needs no telling. */
  readonly announced: Uint8Array | undefined;
}

/** Gets certificates in the way that the host wants; none where it wants plain text. The first of the ways that applies counts. */
export async function tlsMaterialFor(environment: PluginEnvironment): Promise<TlsMaterial | undefined> {
  const { metadataMode, autoMtls, hasUnwrapToken, clientCertificate } = environment;
  if (metadataMode) return undefined;
  if (hasUnwrapToken && !autoMtls) {
    throw new PluginError("unwrap-unsupported", "the host wants TLS by an unwrap token, which is not supported");
  }
  return clientCertificate === undefined ? undefined : freshMaterial(clientCertificate);
}

/** Both sides make a certificate for this process, and trust the other's (AutoMTLS). */
function freshMaterial(trusted: string): TlsMaterial {
  const identity = createSelfSigned();
  return {
    server: { identity, trusted },
    client: { identity, trusted, serverName },
    announced: identity.certificateDer,
  };
}
