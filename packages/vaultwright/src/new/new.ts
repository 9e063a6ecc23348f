import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { CommandError } from "../command-error.ts";
import type { Identity } from "./identity.ts";

/** The package's own folder; it is the same from the sources and from what is built of them. */
const ownFolder = join(import.meta.dirname, "..", "..");

/** Makes the folder of a new plugin below another folder, and gives its path. */
export async function newPlugin(identity: Identity, below: string): Promise<string> {
  const folder = join(below, identity.name);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CommandError(`${folder} exists and is not empty; choose another name or another folder`);
  const values = placeholders(identity);
  const template = join(ownFolder, "templates", identity.kind);
  const files = readdirSync(template, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  for (const { parentPath, name } of files) {
    const source = join(parentPath, name);
    // Npm leaves files named .gitignore out of packages.
    const target = join(folder, relative(template, source)).replace(/gitignore$/, ".gitignore");
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, fill(await readFile(source, "utf8"), values));
  }
  return folder;
}

/** Says what to do with a new plugin. */
export function nextSteps(folder: string, { shortName, kind }: Identity, from: string): string {
  const path = kind === "auth" ? `auth/${shortName}/` : `${shortName}/`;
  return `
${relative(from, folder)} is a plugin that works. Next:

  cd ${relative(from, folder)}
  npm install
  npm test              # types, tests, and the built plugin in an embedded server
  npm run dev           # mounts it at ${path} in an embedded server, and follows your edits
  npm run build         # one file in dist/
  npm run register      # prints the commands for your server
`;
}

function placeholders({ name, shortName, kind }: Identity): ReadonlyMap<string, string> {
  const { version, dependencies }: { version: string; dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(ownFolder, "package.json"), "utf8"),
  );
  return new Map([
    ["name", name],
    ["path", kind === "auth" ? `auth/${shortName}` : shortName],
    ["vaultwright", `^${version}`],
    ["core", dependencies["@vaultwright/core"] ?? version],
    ["host", dependencies["@vaultwright/host"] ?? version],
  ]);
}

function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => values.get(name) ?? placeholder);
}
