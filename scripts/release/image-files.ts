import type { Plugin } from "../project.ts";
import { type Binary, releaseName } from "./contents.ts";
import type { Image } from "./image.ts";
import { imageStanza } from "./registration.ts";

/** The variable that names where images go, for instance `ghcr.io/somebody`. */
export const imagesVariable = "RELEASE_IMAGES";

/** The name of a plugin's image, without its tag. */
export function imageName({ name }: Plugin, environment = process.env): string {
  return `${environment[imagesVariable] ?? "registry.example.com"}/${name}`;
}

/** Writes the stanzas for OpenBao's configuration, one for each processor: a stanza has one hash. */
export function stanzaFiles(plugin: Plugin, binaries: readonly Binary[], image: Image): ReadonlyMap<string, string> {
  const name = imageName(plugin);
  return new Map(
    binaries.map(({ target, sha256 }) => [
      `${releaseName(plugin)}_openbao_${target.os}_${target.arch}.hcl`,
      `# OpenBao 2.5 and newer on ${target.purpose}. The image is ${name}@${image.digest},\n` +
        `# which is to be pushed from ${image.file}; sha256sum is that of the binary inside.\n` +
        imageStanza(plugin, name, sha256),
    ]),
  );
}

/** Writes the recipe that adds a plugin to the images that Vault and OpenBao are published as. */
export function writeContainerfile(plugin: Plugin, binaries: readonly Binary[]): string {
  const name = releaseName(plugin);
  const file = `${name}_linux_\${TARGETARCH}`;
  const example = binaries[0]?.file ?? `${name}_linux_amd64`;
  return `# Adds ${plugin.name} ${plugin.version} to an image of Vault or OpenBao. In the folder with the release's files:
#   docker build -f ${name}.Containerfile --build-arg SERVER=hashicorp/vault:1.21 -t YOUR-IMAGE .
# The server's configuration needs plugin_directory = "/vault/plugins"; then register the file by its name and hash, as
# ${name}_register.sh prints it.
# Without a container engine, by GNU tar and crane:
#   tar --create --file layer.tar --owner 0 --group 0 --transform 's,^,vault/plugins/,' ${example}
#   crane append --base hashicorp/vault:1.21 --new_layer layer.tar --new_tag YOUR-IMAGE
ARG SERVER=hashicorp/vault:1.21
FROM \${SERVER}
ARG TARGETARCH
COPY --chmod=0755 ${file} /vault/plugins/${file}
`;
}
