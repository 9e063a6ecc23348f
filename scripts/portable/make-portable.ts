import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import { compileStub } from "./compiler.ts";
import type { Arch } from "./elf.ts";
import { pinnedGlibc, readGlibc } from "./glibc.ts";
import { rewrite } from "./rewrite.ts";

/** What is made portable, and for which machine. */
export interface PortableOptions {
  /** A program for Linux that needs glibc and nothing else, such as `bun build --compile` makes. */
  readonly file: string;
  readonly arch: Arch;
  /** Where the portable file goes; unless given, it replaces the program. */
  readonly output?: string;
  /** A folder with a glibc to use instead of the pinned one. */
  readonly glibc?: string;
}

/**
 * Makes a program that needs glibc into one that brings it along, so that it starts where there is no libc, or another
 * one. The same program, glibc and stub give the same bytes.
 */
export async function makePortable({ file, arch, output = file, glibc }: PortableOptions): Promise<void> {
  const [program, stub, libraries] = await Promise.all([
    readFile(file),
    compileStub(arch),
    glibc === undefined ? pinnedGlibc(arch) : readGlibc(arch, glibc),
  ]);
  const temporary = `${output}.${process.pid}`;
  await writeFile(temporary, rewrite(arch, program, { stub, ...libraries }));
  await chmod(temporary, 0o755);
  await rename(temporary, output);
}
