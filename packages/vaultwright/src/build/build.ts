import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Platform, thisPlatform } from "../compile/bun.ts";
import { compile } from "../compile/compile.ts";
import { fetchBun } from "../compile/fetch-bun.ts";
import { sealedRuntime } from "../compile/sealed-runtime.ts";
import { readSources } from "../plugin.ts";

/** What to build, and for which platforms. */
export interface BuildOptions {
  /** The plugin's folder. */
  readonly folder: string;
  /** The file that calls `serve`. */
  readonly entry?: string | undefined;
  /** Unless given, this platform only. */
  readonly targets?: readonly Platform[] | undefined;
  print(line: string): void;
}

/** Compiles a plugin for one platform or several, and says of each file what a catalogue must know. */
export async function build({ folder, entry, targets, print }: BuildOptions): Promise<void> {
  const plugin = readSources(folder, entry);
  for (const platform of targets ?? [thisPlatform()]) {
    const started = performance.now();
    const file = outputFile(folder, plugin.name, targets === undefined ? undefined : platform);
    const runtime = await sealedRuntime(await fetchBun(platform, cacheFolder(folder)), cacheFolder(folder));
    await compile(plugin.entry, file, { folder, runtime, platform });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const megabytes = ((await stat(file)).size / 1e6).toFixed(0);
    print(`${relative(folder, file)}  ${plugin.version}  ${megabytes} MB  ${seconds} s`);
    print(`sha256 ${await sha256(file)}`);
  }
}

/** Where the binary of a plugin is: in `dist/`, and in a folder of its own where platforms were named. */
export function outputFile(folder: string, name: string, target?: Platform): string {
  const platform = target ?? thisPlatform();
  const file = platform.startsWith("win32") ? `${name}.exe` : name;
  return target === undefined ? join(folder, "dist", file) : join(folder, "dist", target, file);
}

/** Where a plugin's project keeps what takes time to make again. */
export function cacheFolder(folder: string): string {
  return join(folder, "node_modules", ".cache", "vaultwright");
}

/** The SHA-256 of a file as catalogues keep it. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  // The default of 64 KiB costs half as much time again.
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest("hex");
}
