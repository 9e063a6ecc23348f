import type { Platform } from "../../packages/vaultwright/src/compile/bun.ts";

/** A file that a release has for each plugin. */
export interface Target {
  /** The end of the file's name, in the words of Go and of other plugins' releases. */
  readonly name: string;
  readonly os: "darwin" | "linux" | "windows";
  readonly arch: "amd64" | "arm64";
  /** The same in Node's words. */
  readonly platform: Platform;
  /** The npm package whose Bun is inside; for x86-64 the one that asks for no newer instructions, such as AVX2. */
  readonly runtime: string;
  /** Whether the file brings the C library along and so starts in every image, also in empty ones. */
  readonly isPortable: boolean;
  /** Whom it is for. */
  readonly purpose: string;
}

/** What a release consists of. The first target of an operating system and architecture is the one for everybody. */
export const targets: readonly Target[] = [
  {
    name: "linux_amd64",
    os: "linux",
    arch: "amd64",
    platform: "linux-x64",
    runtime: "@oven/bun-linux-x64-baseline",
    isPortable: true,
    purpose: "Linux on x86-64, any processor and any image",
  },
  {
    name: "linux_amd64_glibc",
    os: "linux",
    arch: "amd64",
    platform: "linux-x64",
    runtime: "@oven/bun-linux-x64-baseline",
    isPortable: false,
    purpose: "Linux on x86-64, started by the system's own loader and C library (glibc)",
  },
  {
    name: "linux_arm64",
    os: "linux",
    arch: "arm64",
    platform: "linux-arm64",
    runtime: "@oven/bun-linux-aarch64",
    isPortable: true,
    purpose: "Linux on ARM64, any image",
  },
  {
    name: "linux_arm64_glibc",
    os: "linux",
    arch: "arm64",
    platform: "linux-arm64",
    runtime: "@oven/bun-linux-aarch64",
    isPortable: false,
    purpose: "Linux on ARM64, started by the system's own loader and C library (glibc)",
  },
  {
    name: "darwin_amd64",
    os: "darwin",
    arch: "amd64",
    platform: "darwin-x64",
    runtime: "@oven/bun-darwin-x64-baseline",
    isPortable: false,
    purpose: "macOS on Intel",
  },
  {
    name: "darwin_arm64",
    os: "darwin",
    arch: "arm64",
    platform: "darwin-arm64",
    runtime: "@oven/bun-darwin-aarch64",
    isPortable: false,
    purpose: "macOS on Apple silicon",
  },
  {
    name: "windows_amd64",
    os: "windows",
    arch: "amd64",
    platform: "win32-x64",
    runtime: "@oven/bun-windows-x64-baseline",
    isPortable: false,
    purpose: "Windows on x86-64",
  },
];

/** Finds targets by name; all, where no names are given. */
export function targetsNamed(names: readonly string[]): readonly Target[] {
  for (const name of names)
    if (!targets.some((target) => target.name === name))
      throw new Error(`no target is named ${name}; there are ${targets.map((target) => target.name).join(", ")}`);
  return names.length === 0 ? targets : targets.filter((target) => names.includes(target.name));
}
