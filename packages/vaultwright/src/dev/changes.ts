import { watch } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Plugin } from "../plugin.ts";

// Editors write a file in several steps, and a formatter writes it once more.
const quietMs = 30;

/** Calls a function at once and after changes of a plugin's sources, one call at a time, until the signal aborts. */
export async function followChanges(
  { folder, entry }: Plugin,
  update: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let isWanted = false;
  let running = Promise.resolve();
  const run = async (): Promise<void> => {
    await setTimeout(quietMs);
    isWanted = false;
    await update();
  };
  const want = (): void => {
    if (isWanted) return;
    isWanted = true;
    running = running.then(run);
  };
  const follow = async (directory: string, isSource: (name: string) => boolean, recursive: boolean): Promise<void> => {
    for await (const { filename } of watch(directory, { recursive, signal }))
      if (filename !== null && isSource(filename)) want();
  };
  const sources = dirname(entry);
  const watches = [
    // Directly in the plugin's folder are node_modules and what is built, too.
    follow(sources, isSource, sources !== folder),
    follow(folder, (name) => name === "package.json", false),
  ];
  // After the watches have begun, so that no change is missed.
  want();
  try {
    await Promise.all(watches);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  await running;
}

function isSource(name: string): boolean {
  return /\.(?:[cm]?[jt]s|json)$/.test(name) && !basename(name).startsWith(".");
}
