import assert from "node:assert/strict";
import { test } from "node:test";
import { readExecutable } from "../../release/executable.ts";
import { elf, machO, portableExecutable } from "./executables.ts";

test("tells system, processor and loader of an executable", () => {
  assert.deepEqual(readExecutable(elf(62, "/lib64/ld-linux-x86-64.so.2")), {
    os: "linux",
    arch: "amd64",
    interpreter: "/lib64/ld-linux-x86-64.so.2",
  });
  assert.deepEqual(readExecutable(elf(183)), { os: "linux", arch: "arm64", interpreter: undefined });
  assert.deepEqual(readExecutable(machO("arm64")), { os: "darwin", arch: "arm64", interpreter: undefined });
  const windows = readExecutable(portableExecutable(0x8664));
  assert.deepEqual(windows, { os: "windows", arch: "amd64", interpreter: undefined });
});

test("refuses what is no executable, and processors that no release is for", () => {
  assert.throws(() => readExecutable(Buffer.from("#!/bin/sh\n")), {
    message: /no executable of Linux, macOS or Windows/,
  });
  assert.throws(() => readExecutable(elf(40)), { message: "the executable is for the unknown processor 40" });
});
