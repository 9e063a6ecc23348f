import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fetchBun } from "../../packages/vaultwright/src/compile/fetch-bun.ts";
import { compile } from "../compile.ts";
import { type Arch, kind, loaded, number, readElf, type Segment } from "../portable/elf.ts";
import { glibc, pinnedGlibc } from "../portable/glibc.ts";
import { makePortable } from "../portable/make-portable.ts";
import { root } from "../project.ts";
import { hostileEnvironment, ownWords } from "./hostile-environment.ts";

let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "vaultwright-portable-"));
});
after(() => rmSync(folder, { recursive: true }));

/** The page of kernels for ARM64 may be this large; those for x86-64 have smaller ones. */
const page = 0x10000;

for (const arch of ["x64", "arm64"] as const) {
  describe(`a portable file for ${arch}`, () => {
    let original: Buffer;
    let bytes: Buffer;
    before(async () => {
      // The runtime itself is a program as good as any that it is made into.
      const { file } = await fetchBun(`linux-${arch}`, join(root, ".cache"));
      await makePortable({ file, arch, output: join(folder, arch) });
      original = readFileSync(file);
      bytes = readFileSync(join(folder, arch));
    });

    test("is the same each time", async () => {
      const { file } = await fetchBun(`linux-${arch}`, join(root, ".cache"));
      await makePortable({ file, arch, output: join(folder, "again") });

      assert.ok(readFileSync(join(folder, "again")).equals(bytes));
    });

    test("asks the kernel for no loader, and for nothing that is both written and executed", () => {
      const { segments } = readElf(bytes, arch, "the file");

      assert.deepEqual(
        segments.filter((each) => each.kind === kind.interpreter || each.kind === kind.self),
        [],
      );
      assert.deepEqual(
        loaded(readElf(bytes, arch, "the file")).filter(({ flags }) => (flags & 3) === 3),
        [],
      );
    });

    test("keeps the program where it was, and puts two segments behind it", () => {
      const before = loaded(readElf(original, arch, "the program"));
      const behind = loaded(readElf(bytes, arch, "the file"));

      assert.deepEqual(behind.slice(0, before.length), before);
      assert.equal(behind.length, before.length + 2);
      for (const [index, segment] of behind.entries()) {
        const end = index === 0 ? 0 : endOf(behind[index - 1]);
        assert.ok(segment.address >= end, `segment ${index} starts before the end of the one before it`);
      }
    });

    test("can be mapped with pages of 64 KiB", () => {
      const added = loaded(readElf(bytes, arch, "the file")).slice(-2);

      for (const { address, offset } of added) assert.deepEqual([address % page, offset % page], [0, 0]);
    });

    test("starts with the stub, which knows where the program starts", () => {
      const file = readElf(bytes, arch, "the file");
      const [code, data] = loaded(file).slice(-2);

      assert.equal(file.entry, code?.address);
      assert.equal(number(bytes, data?.offset ?? 0), readElf(original, arch, "the program").entry);
    });

    test("has glibc inside, unmodified", async () => {
      const { loader, libc, libm } = await pinnedGlibc(arch);

      for (const library of [loader, libc, libm]) {
        const at = bytes.indexOf(library);
        assert.equal(at % page, 0);
        assert.ok(at >= original.length);
      }
      assert.ok(bytes.includes(`GNU C Library (Debian GLIBC ${glibc.version})`));
    });

    test("is not made portable again", async () => {
      await assert.rejects(makePortable({ file: join(folder, arch), arch }), /has no PT_INTERP or no PT_PHDR/);
    });
  });
}

test("a file for another machine is refused", async () => {
  const { file } = await fetchBun("linux-arm64", join(root, ".cache"));

  await assert.rejects(
    makePortable({ file, arch: "x64", output: join(folder, "wrong") }),
    /is for machine 183 and not/,
  );
});

test("a program that needs a library which is not brought along is refused", async () => {
  const [arch, file] = [process.arch as Arch, join(folder, "strange")];
  // A name as long as the one that it replaces.
  const bytes = readFileSync((await fetchBun(`linux-${arch}`, join(root, ".cache"))).file);
  writeFileSync(file, bytes.fill("libq.so.6", bytes.indexOf("libm.so.6\0"), bytes.indexOf("libm.so.6\0") + 9));

  await assert.rejects(makePortable({ file, arch }), /the program needs libq\.so\.6, which this tool does not know/);
});

const makeHere = async (entry: string, file: string) => {
  await compile(entry, file);
  await makePortable({ file, arch: process.arch as Arch });
};

hostileEnvironment("a portable program", makeHere, (program) => {
  const variables: readonly Readonly<Record<string, string>>[] = [
    { LD_PRELOAD: "./missing.so" },
    { LD_AUDIT: "./missing.so" },
    { LD_LIBRARY_PATH: "./libraries" },
    { LD_DEBUG: "all", LD_SHOW_AUXV: "1" },
    { LD_TRACE_LOADED_OBJECTS: "1" },
    { GLIBC_TUNABLES: "glibc.rtld.nns=0", GCONV_PATH: "./libraries", LOCPATH: "./libraries" },
    { BUN_JSC_functionOverrides: "./overrides.txt" },
    { BUN_JSC_configFile: "./options.txt" },
    { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
  ];
  for (const environment of variables)
    test(`is not changed by ${Object.keys(environment).join(" and ")}`, async () => {
      assert.deepEqual(await program().run(environment), ownWords);
    });
});

test("a portable program gets its arguments, and its environment without the variables that are dropped", async () => {
  const entry = join(folder, "environment.ts");
  writeFileSync(entry, "console.log(JSON.stringify([process.argv.slice(2), process.env, process.execPath]));");
  await makeHere(entry, join(folder, "environment"));

  const output = execFileSync(join(folder, "environment"), ["one", "two"], {
    env: { LD_PRELOAD: "x", FIRST: "1", BUN_BE_BUN: "1", LD_AUDIT: "y", LAST: "2", BUN_OPTIONS: "--version" },
    encoding: "utf8",
  });

  assert.deepEqual(JSON.parse(output), [["one", "two"], { FIRST: "1", LAST: "2" }, join(folder, "environment")]);
});

function endOf(segment: Segment | undefined): number {
  return segment === undefined ? 0 : segment.address + segment.memorySize;
}
