import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { CommandError } from "../command-error.ts";
import { type Platform, pinnedBun, thisPlatform } from "./bun.ts";
import { signAdHoc } from "./mach-o/sign.ts";

const execFileAsync = promisify(execFile);

/** What a program is compiled with. */
export interface CompileOptions {
  /** The folder that the compiler works in; the names of sources in the file are relative to it. */
  readonly folder: string;
  /** The executable that the program is put into; `sealedRuntime` makes it. */
  readonly runtime: string;
  /** Conditions by which imports are resolved, beside those that Bun knows. */
  readonly conditions?: readonly string[];
  /** The platform of `runtime`; unless given, that of this process. */
  readonly platform?: Platform;
  /** What the file says of its origin beside its version. */
  readonly stamp?: BuildStamp;
  /** Leaves out what takes longer to compile and only makes the file start faster; errors then name lines of sources. */
  readonly isForDevelopment?: boolean;
  /** Where to write which sources went into the file, as JSON. */
  readonly metafile?: string;
}

/** Where and when a released file was built; `--version` prints it. */
export interface BuildStamp {
  /** The revision of the sources. */
  readonly commit: string;
  /** The moment of the build, ISO 8601. */
  readonly date: string;
}

/**
 * Compiles a program and its runtime into one file. The file replaces an older one in one step, so that a process that
 * runs the old one is not disturbed.
 */
export async function compile(entry: string, file: string, options: CompileOptions): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // The output's name is part of the output: a folder of its own keeps the name, and equal sources give equal files.
  const folder = await mkdtemp(join(dirname(file), ".compile-"));
  const temporary = join(folder, basename(file));
  const args = [
    "build",
    entry,
    "--compile",
    `--compile-executable-path=${options.runtime}`,
    // Otherwise the binary would run code that it finds in its working directory, and its hash would promise nothing.
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
    // Otherwise CommonJS packages that mention these names carry the path of this machine, and differ on the next.
    `--define=__dirname="/"`,
    `--define=__filename="/"`,
    "--format=esm",
    ...(options.isForDevelopment ? ["--sourcemap=inline"] : forReleases),
    ...(options.conditions ?? []).map((condition) => `--conditions=${condition}`),
    ...(options.platform === undefined ? [] : [`--target=${bunTarget(options.platform)}`]),
    ...(options.stamp === undefined ? [] : [`--define=VAULTWRIGHT_BUILD=${JSON.stringify(options.stamp)}`]),
    ...(options.metafile === undefined ? [] : [`--metafile=${options.metafile}`]),
    `--outfile=${temporary}`,
  ];
  try {
    await execFileAsync(pinnedBun().file, args, { cwd: options.folder });
    if ((options.platform ?? thisPlatform()).startsWith("darwin"))
      await writeFile(temporary, signAdHoc(await readFile(temporary), basename(file)));
    await rename(temporary, file);
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? `\n${error.stderr}` : "";
    throw new CommandError(`${entry} could not be compiled${output}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Bytecode halves the start; with top-level await it needs the module format named. */
const forReleases = ["--bytecode", "--minify-syntax", "--minify-whitespace"];

/** Bun's name for a platform, which tells it the form of the file. */
function bunTarget(platform: Platform): string {
  return `bun-${platform.replace("win32", "windows")}`;
}
