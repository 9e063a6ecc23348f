import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../project.ts";
import type { Arch } from "./elf.ts";

const run = promisify(execFile);

/** The pinned glibc: Debian's packages, whose security fixes come with a new version of the same name. */
export const glibc = {
  version: "2.36-9+deb12u14",
  licence: "LGPL-2.1-or-later",
  packages: {
    x64: {
      file: "libc6_2.36-9+deb12u14_amd64.deb",
      sha256: "ba4f88f73dbc3ae9055f3c20f4523bfdbaf1ad13ff95e258924f77d20b4fbedf",
    },
    arm64: {
      file: "libc6_2.36-9+deb12u14_arm64.deb",
      sha256: "01f4330719fd4f65580e16ea5a0527f372fca750e8f588d26deaf09f2d3b1cf4",
    },
  },
  /** What Debian built the packages from: the release's sources, Debian's changes, and the list that ties both. */
  sources: [
    {
      file: "glibc_2.36.orig.tar.xz",
      sha256: "a543c02070d46ccaf866957efd13f10c924daa74c86a90a0254db09a92a708ee",
    },
    {
      file: "glibc_2.36-9+deb12u14.debian.tar.xz",
      sha256: "cf4ac9cd98185452cae3ef34e2e4ee12753e3d93fd0c62c61396d4a47eec902f",
    },
    {
      file: "glibc_2.36-9+deb12u14.dsc",
      sha256: "cfe1f0b8dc1fa211ce5a45b3725cc38b29f88667f1140ebdca6de35cf9c6f1fd",
    },
  ],
} as const;

/** The names of the files that are taken from glibc. */
export const loaderName: Readonly<Record<Arch, string>> = {
  x64: "ld-linux-x86-64.so.2",
  arm64: "ld-linux-aarch64.so.1",
};

const libraryFolder: Readonly<Record<Arch, string>> = {
  x64: "lib/x86_64-linux-gnu",
  arm64: "lib/aarch64-linux-gnu",
};

/** What a portable file takes from glibc, unmodified. */
export interface Glibc {
  readonly loader: Buffer;
  readonly libc: Buffer;
  readonly libm: Buffer;
}

/** Takes the pinned glibc of a machine out of its package. */
export async function pinnedGlibc(arch: Arch): Promise<Glibc> {
  return unpacked(arch, (folder) => readGlibc(arch, join(folder, libraryFolder[arch])));
}

/** Reads a glibc from a folder, for instance one that somebody else has built. */
export async function readGlibc(arch: Arch, folder: string): Promise<Glibc> {
  const [loader, libc, libm] = await Promise.all(
    [loaderName[arch], "libc.so.6", "libm.so.6"].map((name) => readFile(join(folder, name))),
  );
  if (!loader || !libc || !libm) throw new Error(`${folder} is not a glibc`);
  return { loader, libc, libm };
}

/** The copyright notices of glibc, as its package has them. */
export function glibcCopyright(arch: Arch): Promise<string> {
  return unpacked(arch, (folder) => readFile(join(folder, "usr/share/doc/libc6/copyright"), "utf8"));
}

/** Fetches the sources of the pinned glibc, some 20 MB, and gives where the files are. */
export function glibcSources(): Promise<readonly string[]> {
  return Promise.all(glibc.sources.map(fetchFromDebian));
}

async function unpacked<T>(arch: Arch, use: (folder: string) => Promise<T>): Promise<T> {
  const file = await fetchFromDebian(glibc.packages[arch]);
  const folder = await mkdtemp(join(cache, "glibc-"));
  try {
    await run("dpkg-deb", ["-x", file, folder]);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const cache = join(root, ".cache", "portable");

/** Fetches a file of Debian's pool into the cache, through the mirror and the client that this machine's apt uses. */
async function fetchFromDebian(wanted: { readonly file: string; readonly sha256: string }): Promise<string> {
  const path = join(cache, wanted.file);
  if (existsSync(path)) {
    const found = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
    if (found !== wanted.sha256) throw new Error(`${path} has SHA-256 ${found}, not ${wanted.sha256}; remove it`);
    return path;
  }
  await mkdir(cache, { recursive: true });
  const temporary = `${path}.${process.pid}`;
  try {
    const url = `${await mirror()}/pool/main/g/glibc/${wanted.file}`;
    await run("/usr/lib/apt/apt-helper", ["download-file", url, temporary, `SHA256:${wanted.sha256}`]);
    await rename(temporary, path);
    return path;
  } catch (error) {
    throw new Error(
      `${wanted.file} could not be fetched; Debian's snapshot archive keeps what its mirrors have dropped: name a mirror ` +
        `that has it in DEBIAN_MIRROR, or put the file with SHA-256 ${wanted.sha256} to ${path}`,
      { cause: error },
    );
  }
}

async function mirror(): Promise<string> {
  const named = process.env["DEBIAN_MIRROR"];
  if (named) return named.replace(/\/$/, "");
  const query = ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Label: Debian", "Component: main"];
  const { stdout } = await run("apt-get", query);
  const [first] = stdout.split("\n");
  if (!first) throw new Error("apt has no mirror of Debian; name one in DEBIAN_MIRROR");
  return first.replace(/\/$/, "");
}
