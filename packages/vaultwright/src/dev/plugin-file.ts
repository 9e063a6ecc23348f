import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { cacheFolder, outputFile, sha256 } from "../build/build.ts";
import { CommandError } from "../command-error.ts";
import { pinnedBun } from "../compile/bun.ts";
import { compile } from "../compile/compile.ts";
import { sealedRuntime } from "../compile/sealed-runtime.ts";
import type { Plugin } from "../plugin.ts";

/** A file of a plugin directory, as a catalogue wants it. */
export interface PluginFile {
  readonly command: string;
  readonly sha256: string;
}

/** Compiles a plugin into a plugin directory, as for a release but for what only makes it start faster. */
export async function makeBinary(plugin: Plugin, directory: string): Promise<PluginFile> {
  const file = join(directory, basename(outputFile(plugin.folder, plugin.name)));
  const runtime = await sealedRuntime(pinnedBun(), cacheFolder(plugin.folder));
  await compile(plugin.entry, file, { folder: plugin.folder, runtime, isForDevelopment: true });
  return { command: basename(file), sha256: await sha256(file) };
}

/**
 * Writes a file into a plugin directory that runs a plugin from its sources by this Node, with an inspector. Its hash
 * stays the same whatever the sources are, which is why this is for development only.
 */
export async function makeLauncher(plugin: Plugin, directory: string, inspector: string): Promise<PluginFile> {
  if (process.platform === "win32")
    throw new CommandError("--inspect needs a file that starts with #!, which Windows cannot run");
  const file = join(directory, `${plugin.name}-inspected`);
  const words = [process.execPath, `--inspect=${inspector}`, plugin.entry].map(quoted).join(" ");
  await mkdir(directory, { recursive: true });
  await writeFile(file, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
  return { command: basename(file), sha256: await sha256(file) };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
