import type { Plugin } from "../project.ts";
import type { Binary } from "./contents.ts";

/** Ways of registering a plugin, by what the server is. */
export const forms = {
  vault: "Vault 1.12 and newer: the catalogue knows versions",
  "vault-before-1.12": "Vault before 1.12: one version at a time",
  openbao: "OpenBao, by its commands",
  "openbao-declared": "OpenBao 2.5 and newer: for the server's configuration, with the file in its plugin directory",
} as const;

/** The name of a way of registering. */
export type Form = keyof typeof forms;

/** What an operator types, or puts into the server's configuration, for one file of a release. */
export type Instructions = Readonly<Record<Form, string>>;

/**
 * Writes the instructions for a binary. Each form first registers; what mounts and upgrades is below as comments.
 *
 * Reloads are written to the API: `vault plugin reload -mounts` of Vault 1.21 fails outside of namespaces, since it asks
 * for a plugin without a name, and what `-plugin` asks for is not known to servers before 1.16.
 */
export function instructionsFor(plugin: Plugin, binary: Binary): Instructions {
  return {
    vault: catalogued("vault", plugin, binary),
    "vault-before-1.12": unversioned(plugin, binary),
    openbao: catalogued("bao", plugin, binary),
    "openbao-declared": declared(plugin, binary),
  };
}

function catalogued(command: "bao" | "vault", plugin: Plugin, { file, sha256 }: Binary): string {
  const { name, version, type } = plugin;
  const { mounts, path } = mountOf(plugin);
  return lines(
    `${command} plugin register -sha256=${sha256} -version=${version} -command=${file} ${type} ${name}`,
    "# The first time:",
    `#   ${command} ${mounts} enable -path=${path} ${name}`,
    "# To bring a mount to this version, or back to it:",
    `#   ${command} ${mounts} tune -plugin-version=${version} ${path}/`,
    `#   ${command} write sys/plugins/reload/backend mounts=${plugin.mountPath}`,
  );
}

function unversioned(plugin: Plugin, { file, sha256 }: Binary): string {
  const { name, type } = plugin;
  const { mounts, path } = mountOf(plugin);
  return lines(
    `vault plugin register -sha256=${sha256} -command=${file} ${type} ${name}`,
    "# The first time:",
    `#   vault ${mounts} enable -path=${path} ${name}`,
    "# To bring all mounts to this version:",
    `#   vault write sys/plugins/reload/backend plugin=${name}`,
  );
}

function declared({ name, version, type }: Plugin, { file, sha256 }: Binary): string {
  return lines("plugin_auto_register = true", "", ...stanza(type, name, { command: file, version, sha256sum: sha256 }));
}

/** Writes the stanza by which OpenBao fetches a plugin's image. */
export function imageStanza(plugin: Plugin, image: string, binarySha256: string): string {
  const { name, version, type } = plugin;
  const settings = ["plugin_auto_download = true", "plugin_auto_register = true", ""];
  return lines(...settings, ...stanza(type, name, { image, version, sha256sum: binarySha256 }));
}

function stanza(type: string, name: string, values: Readonly<Record<string, string>>): readonly string[] {
  const width = Math.max(...Object.keys(values).map((key) => key.length));
  const body = Object.entries(values).map(([key, value]) => `  ${key.padEnd(width)} = "${value}"`);
  return [`plugin "${type}" "${name}" {`, ...body, "}"];
}

/** The path without the part that says that it is an auth method, which the commands for them leave out. */
function mountOf({ type, mountPath }: Plugin): { readonly mounts: string; readonly path: string } {
  const path = mountPath.replace(/^auth\//, "").replace(/\/$/, "");
  return { mounts: type === "auth" ? "auth" : "secrets", path };
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
