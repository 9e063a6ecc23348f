import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root as repository } from "../scripts/project.ts";
import type { Ended } from "./plugin-process.ts";

/** Kinds of images that servers run in: nothing at all, musl as Alpine has it, and this machine's own Debian. */
export type Shape = "empty" | "musl" | "debian";

/** Who runs a program: root, or a user without rights and without a name. */
export type User = "0:0" | "65534:65534";

/** How the root of a program differs from the usual: read-only with `/proc`, and a `/tmp` only where that is said. */
export interface RootOptions {
  readonly user: User;
  /** What `/tmp` is: there is none unless given. */
  readonly tmp?: "tmpfs" | "tmpfs -o noexec";
  /** Whether `/proc` is mounted. */
  readonly proc?: boolean;
}

/** A root file system that programs are run in. */
export interface Root {
  /** Where the shape's files are on this machine. */
  readonly path: string;
  /** Puts a file into the root's `/opt`. */
  add(file: string, name: string): void;
  /** Starts a program of the root there. */
  start(options: RootOptions, program: string, args?: readonly string[]): ChildProcessWithoutNullStreams;
  /** Runs a program of the root to its end. */
  run(options: RootOptions, program: string, args?: readonly string[]): Promise<Ended>;
  remove(): void;
}

/** The loader of musl, which is also its library, where Debian's package `musl` puts it. */
const musl = process.arch === "arm64" ? "/lib/ld-musl-aarch64.so.1" : "/lib/ld-musl-x86_64.so.1";

/** Why no root can be made here; undefined where it can. */
export function whyNoRoots(): string | undefined {
  if (process.platform !== "linux") return "roots of other shapes are made on Linux only";
  if (process.getuid?.() !== 0) return "only root can start a program in another root";
  if (spawnSync("unshare", ["--mount", "true"]).status !== 0) return "this container lets nobody mount anything";
  if (!existsSync(musl)) return `${musl} is missing; install Debian's package musl`;
  return undefined;
}

/** Makes a root of a shape. What runs there sees it read-only, in mounts of its own that end with it. */
export function makeRoot(shape: Shape): Root {
  const cache = join(repository, ".cache", "conformance");
  mkdirSync(cache, { recursive: true });
  const path = mkdtempSync(join(cache, `root-${shape}-`));
  // What mkdtemp makes is closed to others.
  chmodSync(path, 0o755);
  for (const name of ["opt", "proc", "tmp"]) mkdirSync(join(path, name));
  if (shape === "musl") {
    mkdirSync(join(path, "lib"));
    copyFileSync(musl, join(path, musl));
  }
  const plugins = join(path, "opt");
  const view =
    shape === "debian" ? ["mount --bind / /mnt", `mount --bind ${plugins} /mnt/opt`] : [`mount --bind ${path} /mnt`];

  const start: Root["start"] = ({ user, tmp, proc = true }, program, args = []) => {
    const script = [
      "set -eu",
      ...view,
      ...(proc ? ["mount -t proc proc /mnt/proc"] : []),
      ...(tmp === undefined ? [] : [`mount -t ${tmp} tmpfs /mnt/tmp`, "chmod 1777 /mnt/tmp"]),
      "mount -o remount,bind,ro /mnt",
      `exec chroot --userspec=${user} /mnt "$@"`,
    ].join("\n");
    const wrapper = ["--mount", "--propagation", "private", "sh", "-c", script, "sh", program, ...args];
    return spawn("unshare", wrapper, { cwd: "/", env: { PATH: process.env["PATH"] } });
  };
  return {
    path,
    add(file, name) {
      try {
        linkSync(file, join(plugins, name));
      } catch {
        copyFileSync(file, join(plugins, name));
      }
    },
    start,
    async run(options, program, args) {
      const child = start(options, program, args);
      child.stdin.end();
      const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
      return { code: typeof code === "number" ? code : null, stdout, stderr };
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
