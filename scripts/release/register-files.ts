import type { Plugin } from "../project.ts";
import { type Binary, releaseName } from "./contents.ts";
import { type Form, forms, type Instructions, instructionsFor } from "./registration.ts";

/** What `register.json` says of one file. */
interface RegisteredBinary extends Instructions {
  readonly file: string;
  readonly sha256: string;
  readonly purpose: string;
}

/** Writes the instructions of all files for programs. */
export function writeRegisterJson(plugin: Plugin, binaries: readonly Binary[]): string {
  const { name, version, type } = plugin;
  const platforms = Object.fromEntries(
    binaries.map((binary): [string, RegisteredBinary] => {
      const { file, sha256, target } = binary;
      return [target.name, { file, sha256, purpose: target.purpose, ...instructionsFor(plugin, binary) }];
    }),
  );
  return `${JSON.stringify({ name, version, type, platforms }, undefined, 2)}\n`;
}

/**
 * Writes a shell script that prints the instructions for one file. It changes nothing by itself: what it prints for a
 * command line can be read, and then be piped into a shell.
 */
export function writeRegisterScript(plugin: Plugin, binaries: readonly Binary[]): string {
  const script = `${releaseName(plugin)}_register.sh`;
  const names = Object.keys(forms).join("|");
  return `#!/bin/sh
# Prints how ${plugin.name} ${plugin.version} is registered. Copy the file of the server's platform, with its name, into the
# server's plugin_directory first.
#   sh ${script} PLATFORM [${names}]
# Unless the server is named it is vault. To carry it out: sh ${script} PLATFORM | sh
case "$1:\${2:-vault}" in
${binaries.map((binary) => cases(plugin, binary)).join("")}*)
  cat >&2 <<'END'
usage: sh ${script} PLATFORM [SERVER]
PLATFORM is one of
${binaries.map(({ target }) => `  ${target.name.padEnd(22)}${target.purpose}\n`).join("")}SERVER is one of
${Object.entries(forms)
  .map(([form, text]) => `  ${form.padEnd(22)}${text}\n`)
  .join("")}END
  exit 2
  ;;
esac
`;
}

function cases(plugin: Plugin, binary: Binary): string {
  const instructions = instructionsFor(plugin, binary);
  const formNames: readonly Form[] = ["vault", "vault-before-1.12", "openbao", "openbao-declared"];
  return formNames
    .map((form) => `${binary.target.name}:${form})\n  cat <<'END'\n${instructions[form]}END\n  ;;\n`)
    .join("");
}
