import type { HostKind } from "../logical/system-view.ts";

/** What a plugin is told of its host. */
export interface HostVariables {
  readonly hostVersion: string;
  readonly hostKind?: HostKind;
  readonly metadataMode?: boolean;
}

/** Gives the variables by which a plugin knows its host, beside those of every go-plugin host. */
export function hostVariables(options: HostVariables): Readonly<Record<string, string | undefined>> {
  const { hostVersion, hostKind = "vault", metadataMode = false } = options;
  const values = {
    VERSION: hostVersion,
    PLUGIN_METADATA_MODE: String(metadataMode),
    PLUGIN_AUTOMTLS_ENABLED: String(!metadataMode),
  };
  const named = Object.entries(values).flatMap(([name, value]) => [
    [`VAULT_${name}`, value],
    // OpenBao sets both names. Plugins look at its own first, so one from this process's environment would mislead.
    [`BAO_${name}`, hostKind === "openbao" ? value : undefined],
  ]);
  return Object.fromEntries(named);
}
