import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Checksums, parseChecksums } from "../checksums.ts";
import type { Binary } from "../contents.ts";
import type { Instructions } from "../registration.ts";
import { targetsNamed } from "../targets.ts";

/** What `register.json` says. */
export interface Register {
  readonly name: string;
  readonly version: string;
  readonly type: "auth" | "secret";
  readonly platforms: Readonly<Record<string, Instructions & { readonly file: string; readonly sha256: string }>>;
}

/** A plugin's release as it lies in its folder. */
export interface Release {
  readonly folder: string;
  /** The beginning of its files' names. */
  readonly name: string;
  readonly checksums: Checksums;
  readonly register: Register;
  readonly binaries: readonly Binary[];
  /** The path of the file whose name ends so. */
  path(end: string): string;
  /** The text of such a file. */
  text(end: string): string;
}

/** Reads what a release says of itself; nothing of it is trusted yet. */
export function openRelease(folder: string): Release {
  const name = basename(folder);
  const path = (end: string) => join(folder, `${name}${end}`);
  const text = (end: string) => readFileSync(path(end), "utf8");
  const register: Register = JSON.parse(text("_register.json"));
  const binaries = Object.entries(register.platforms).flatMap(([platform, { file, sha256 }]) =>
    targetsNamed([platform]).map((target) => ({ target, file, sha256 })),
  );
  return { folder, name, checksums: parseChecksums(text("_SHA256SUMS")), register, binaries, path, text };
}

/** Throws where something is not as it must be. */
export function expect(condition: boolean, complaint: string): asserts condition {
  if (!condition) throw new Error(complaint);
}
