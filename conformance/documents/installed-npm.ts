import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Puts an `npm` into a folder of programs that takes the packages of a repository for installed after each command. They are
 * linked there, so after a change of the lockfile nothing is to be fetched again.
 */
export function writeInstalledNpm(bin: string, repository: string): void {
  const stamp = join(repository, "node_modules", ".vaultwright-installed");
  const lockfile = join(repository, "package-lock.json");
  const lines = [
    "#!/bin/sh",
    `PATH="\${PATH#*:}" npm "$@" || exit`,
    `sha256sum "${lockfile}" | cut -d ' ' -f 1 | tr -d '\\n' > "${stamp}"`,
  ];
  writeFileSync(join(bin, "npm"), `${lines.join("\n")}\n`);
  chmodSync(join(bin, "npm"), 0o755);
}
