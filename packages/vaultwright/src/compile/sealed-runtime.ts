import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bun } from "./bun.ts";

/**
 * The variables by which any Bun executable, a compiled one too, runs other code than its own, writes files, or prints
 * what a request carried (a name stands for all that begin so). Servers hand their environment to plugins, and an
 * operator who pinned a hash expects that the hash says what runs.
 */
export const sealedVariables: readonly string[] = [
  "BUN_BE_BUN",
  "BUN_OPTIONS",
  "BUN_INSPECT",
  "BUN_BYTECODE_",
  "BUN_CONFIG_VERBOSE_FETCH",
  // With both of these a crash runs the first `curl` of the PATH.
  "BUN_ENABLE_CRASH_REPORTING",
  "BUN_CRASH_REPORT_URL",
];

/**
 * How the names of the engine's options begin, of which `BUN_JSC_functionOverrides` replaces functions by others from a
 * file. The prefix of these variables is compared letter by letter in code, so it cannot be changed; the options' names
 * can, and a runtime that does not know an option which the environment sets says so and ends.
 */
const engineOption = "\0JSC_";

/** Tells copies that were sealed by another list apart from those by this one. */
const seal = createHash("sha256")
  .update([...sealedVariables, engineOption].join())
  .digest("hex")
  .slice(0, 8);

/** Copies that this process makes or has made, so that compilations at the same time share one. */
const copies = new Map<string, Promise<string>>();

/**
 * Gives a copy of a Bun executable that does not know the dangerous variables: the first letter of each name becomes `=`,
 * which no variable's name can have. The copy is only the body that programs are compiled into; it is made once and kept
 * in a folder.
 */
export function sealedRuntime(bun: Bun, folder: string): Promise<string> {
  const file = join(folder, `bun-${bun.version}-${bun.platform}-sealed-${seal}`);
  const copy = copies.get(file) ?? makeCopy(bun.file, file, folder);
  copies.set(file, copy);
  return copy;
}

async function makeCopy(bun: string, file: string, folder: string): Promise<string> {
  if (existsSync(file)) return file;
  const bytes = await readFile(bun);
  for (const name of sealedVariables)
    if (replaceAll(bytes, name) === 0)
      throw new Error(`${bun} has no variable ${name} any more; find out what took its place`);
  if (replaceEngineOptions(bytes) === 0) throw new Error(`${bun} names the options of its engine in another way now`);
  await mkdir(folder, { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, bytes, { mode: 0o755 });
  await rename(temporary, file);
  return file;
}

/** Replaces the first letter of every occurrence of a name, and says how many there were. */
function replaceAll(bytes: Buffer, name: string): number {
  let count = 0;
  for (let at = bytes.indexOf(name); at !== -1; at = bytes.indexOf(name, at + 1)) {
    bytes.write("=", at);
    count += 1;
  }
  return count;
}

/** Replaces the first letter of every option's own name, and says how many there were. */
function replaceEngineOptions(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(engineOption); at !== -1; at = bytes.indexOf(engineOption, at + 1)) {
    const letter = at + engineOption.length;
    if (!/[a-z]/.test(bytes.toString("latin1", letter, letter + 1))) continue;
    bytes.write("=", letter);
    count += 1;
  }
  return count;
}
