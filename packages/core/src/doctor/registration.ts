import { basename } from "node:path";
import type { BackendType } from "../logical/backend.ts";

/** What a catalogue entry is made of. */
export interface Registration {
  readonly name: string;
  readonly version: string;
  readonly type: BackendType | undefined;
  readonly file: string;
  readonly sha256: string;
}

/** Writes the commands that register and mount a plugin, for both products. */
export function registrationLines(registration: Registration): readonly string[] {
  const { name, version, file, sha256, type } = registration;
  const command = basename(file) === name ? "" : ` -command=${quoted(basename(file))}`;
  const options = `-sha256=${sha256} -version=${version}${command}`;
  const kind = type ?? "TYPE";
  const mounts = type === undefined ? "MOUNTS" : { secret: "secrets", auth: "auth" }[type];
  return [
    "With the file in the server's plugin_directory, on Vault:",
    `  vault plugin register ${options} ${kind} ${quoted(name)}`,
    `  vault ${mounts} enable ${quoted(name)}`,
    "On OpenBao:",
    `  bao plugin register ${options} ${kind} ${quoted(name)}`,
    `  bao ${mounts} enable ${quoted(name)}`,
    ...(type === undefined ? ["TYPE is secret or auth, and MOUNTS is secrets or auth."] : []),
    "Vault before 1.12 knows no -version; leave it out there.",
  ];
}

/** Quotes a word for a shell where that is needed. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
