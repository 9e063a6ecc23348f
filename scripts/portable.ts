// `npm run portable`: makes compiled plugins start where there is no libc, or another one.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { Arch } from "./portable/elf.ts";
import { makePortable } from "./portable/make-portable.ts";

const program = new Command("npm run portable --")
  .description("Makes a compiled plugin for Linux into a file that brings its glibc along and needs no library.")
  .argument("<file>", "what bun build --compile has made")
  .argument("[output]", "the portable file; unless given, it replaces the other")
  .addOption(new Option("--arch <arch>", "machine of the file").choices(["x64", "arm64"]).default(process.arch))
  .option("--glibc <folder>", "a folder with ld-linux-*, libc.so.6 and libm.so.6 instead of the pinned ones")
  .allowExcessArguments(false)
  .action(async (file: string, output: string | undefined, options: { arch: Arch; glibc?: string }) => {
    const made = resolve(output ?? file);
    await makePortable({
      file: resolve(file),
      arch: options.arch,
      output: made,
      ...(options.glibc === undefined ? {} : { glibc: resolve(options.glibc) }),
    });
    console.log(`${made}  ${(statSync(made).size / 1e6).toFixed(1)} MB`);
  });

await program.parseAsync();
