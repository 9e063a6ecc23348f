import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../../scripts/project.ts";

/** Copies the sources of this repository into a folder, with its packages installed by links. */
export function cloneRepository(folder: string): void {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  for (const file of execFileSync("git", list, { cwd: root, encoding: "utf8" }).split("\0")) {
    // A file that was deleted and not yet committed is listed, too.
    if (file === "" || !existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  linkPackages(join(root, "node_modules"), join(folder, "node_modules"));
}

function linkPackages(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    const found = lstatSync(source);
    if (name.startsWith("@")) linkPackages(source, target);
    // What says which packages are installed is written anew by those who install, and never through a link.
    else if (found.isFile()) copyFileSync(source, target);
    // The packages of the repository itself are links to its folders, of which the copy has its own.
    else symlinkSync(found.isSymbolicLink() ? readlinkSync(source) : source, target);
  }
}
