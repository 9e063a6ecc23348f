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

/**
 * Gets certificates in another way than AutoMTLS, for both roles of the plugin; nothing where its way does not apply.
 * It is asked in processes that have neither AutoMTLS nor metadata mode.
 */
export type TlsProvider = () => Promise<ClientTls | undefined>;

/** Gets certificates in the way that the host wants; none where it wants plain text. The first of the ways that applies counts. */
export async function tlsMaterialFor(
  environment: PluginEnvironment,
  provider?: TlsProvider,
): Promise<TlsMaterial | undefined> {
  const { metadataMode, autoMtls, clientCertificate } = environment;
  if (metadataMode) return undefined;
  const provided = autoMtls ? undefined : await ask(provider);
  if (provided) return { server: provided, client: provided, announced: undefined };
  return clientCertificate === undefined ? undefined : freshMaterial(clientCertificate);
}

async function ask(provider: TlsProvider | undefined): Promise<ClientTls | undefined> {
  try {
    return await provider?.();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PluginError("tls-provider-failed", reason, { cause });
  }
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
