import { readFileSync } from "node:fs";
import { join } from "node:path";
import { glibc } from "../portable/glibc.ts";
import { bunParts, bunPartsVersion } from "./bun-parts.ts";
import { hexOfIntegrity, npmUrl, type SystemPart } from "./contents.ts";
import { runtimesSource } from "./runtimes.ts";
import type { Target } from "./targets.ts";

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity: string } | undefined>>;
}

/** The runtimes and C libraries that the files of some targets contain. */
export function systemPartsOf(targets: readonly Target[]): readonly SystemPart[] {
  const lock: Lockfile = JSON.parse(readFileSync(join(runtimesSource, "package-lock.json"), "utf8"));
  const runtimes = new Map(targets.map((target) => [target.runtime, target]));
  const libraries = new Set(targets.filter((target) => target.isPortable).map((target) => target.arch));
  return [
    ...[...runtimes].map(([name, target]) => runtimePart(name, target, lock.packages[`node_modules/${name}`])),
    ...[...libraries].map(libraryPart),
  ];
}

function runtimePart(name: string, { os }: Target, locked: Lockfile["packages"][string]): SystemPart {
  if (locked === undefined) throw new Error(`${name} is not in the lockfile of the runtimes`);
  const { version, integrity } = locked;
  if (version !== bunPartsVersion)
    throw new Error(`bun-parts.ts lists what Bun ${bunPartsVersion} contains, and ${name} is of version ${version}`);
  return {
    name,
    version,
    licence: "MIT",
    description: "Bun, the JavaScript runtime, with the names of variables taken out by which it would run other code",
    purl: npmUrl(name, version),
    hash: { algorithm: "SHA-512", hex: hexOfIntegrity(integrity) },
    parts: bunParts.filter((part) => part.os === undefined || part.os === os),
  };
}

function libraryPart(arch: Target["arch"]): SystemPart {
  const { sha256 } = glibc.packages[arch === "amd64" ? "x64" : "arm64"];
  return {
    name: "glibc",
    version: glibc.version,
    licence: glibc.licence,
    description: "The C library and its loader, unmodified, inside of the portable files",
    purl: `pkg:deb/debian/libc6@${encodeURIComponent(glibc.version)}?arch=${arch}`,
    hash: { algorithm: "SHA-256", hex: sha256 },
    parts: [],
  };
}
