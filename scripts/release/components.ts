import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project.ts";

/** A package whose code is inside of a plugin. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** The hash of the package as the lockfile has it; packages of this repository have none. */
  readonly integrity: string | undefined;
  /** The licence's text and notices, as the package brings them. */
  readonly notices: readonly string[];
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly integrity?: string } | undefined>>;
}

const modules = "node_modules/";

/** Reads from Bun's list of sources which packages went into a plugin. */
export function readComponents(metafile: string, folder: string = root): readonly Component[] {
  const { inputs }: { inputs: Record<string, unknown> } = JSON.parse(readFileSync(metafile, "utf8"));
  const lock: Lockfile = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const locations = new Set(Object.keys(inputs).map(packageLocation));
  return [...locations]
    .sort()
    .filter((location) => location !== undefined)
    .map((location) => readComponent(folder, location, lock.packages[location]?.integrity));
}

/** Where the package of a source is: below `node_modules`, or of this repository. */
export function packageLocation(input: string): string | undefined {
  const start = input.lastIndexOf(modules);
  if (start === -1) return /^(?:packages|plugins)\/[^/]+(?=\/)/.exec(input)?.[0];
  const inner = input.slice(start + modules.length);
  const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(inner) ?? [];
  return name === undefined ? undefined : input.slice(0, start + modules.length) + name;
}

function readComponent(folder: string, location: string, integrity: string | undefined): Component {
  const path = join(folder, location);
  const manifest: { name: string; version: string; license?: string } = JSON.parse(
    readFileSync(join(path, "package.json"), "utf8"),
  );
  const { name, version, license } = manifest;
  if (license === undefined) throw new Error(`${location} does not say its licence in package.json`);
  const own = globSync("{LICEN[CS]E,COPYING,NOTICE}*", { cwd: path }).sort();
  // Packages of this repository share its licence.
  const files =
    own.length === 0 && !location.includes(modules) ? [join(folder, "LICENSE")] : own.map((file) => join(path, file));
  const notices = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, "utf8").trim());
  return { name, version, licence: license, integrity, notices };
}
