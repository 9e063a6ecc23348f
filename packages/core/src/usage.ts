import type { BackendType } from "./logical/backend.ts";

/** Tells somebody who started a plugin by hand what to do with it instead. */
export function usageOf(name: string, version: string): readonly string[] {
  const kind = kindByName(name) ?? anyKind;
  return [
    "",
    `${name} ${version} is a plugin of Vault and OpenBao. Copy this file into the server's plugin_directory, then:`,
    `  vault plugin register -sha256=SHA256 -version=${version} ${kind.type} ${name}`,
    `  vault ${kind.mounts} enable ${name}`,
    `${kind.note}SHA256 is the file's checksum as it was published with it. With OpenBao, write bao instead of vault.`,
    `Run this file with the argument doctor to have it checked, and these commands with the checksum filled in.`,
  ];
}

/** Tells by a plugin's name what it is; undefined where the name is not of the customary form. */
export function typeByName(name: string): BackendType | undefined {
  return kindByName(name)?.type;
}

function kindByName(name: string) {
  return kinds.find(({ pattern }) => pattern.test(name));
}

/** A plugin's kind is known only once a host mounts it; until then its name tells, as is the custom. */
const kinds = [
  { pattern: /(?:^|plugin-)auth-/, type: "auth", mounts: "auth", note: "" },
  { pattern: /(?:^|plugin-)secrets-/, type: "secret", mounts: "secrets", note: "" },
] as const;
const anyKind = {
  type: "TYPE",
  mounts: "MOUNTS",
  note: "TYPE is secret or auth, and MOUNTS is secrets or auth.\n",
};
