import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "../project.ts";

/** What a plugin's changelog says of its version. */
export function changesOf({ name, version, folder }: Pick<Plugin, "name" | "version" | "folder">): string {
  const file = join(folder, "CHANGELOG.md");
  const title = `## ${version.replace(/^v/, "")}`;
  const sections = existsSync(file) ? readFileSync(file, "utf8").split(/^(?=## )/m) : [];
  const section = sections.find((text) => text.split("\n")[0]?.trim() === title);
  return `# ${name} ${version}\n\n${section?.slice(section.indexOf("\n")).trim() ?? "Its changelog has no entry of this version."}\n`;
}
