import type { Plugin } from "../project.ts";
import type { Component } from "./components.ts";
import type { Revision } from "./revision.ts";
import type { Target } from "./targets.ts";

/** A file that a host starts. */
export interface Binary {
  readonly target: Target;
  /** Its name in the release, in its archive and in the server's plugin directory. */
  readonly file: string;
  readonly sha256: string;
}

/** A package that is not of npm or is not chosen by the plugin: a runtime, or the C library. */
export interface SystemPart {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly description: string;
  /** The package URL. */
  readonly purl: string;
  readonly hash: { readonly algorithm: "SHA-256" | "SHA-512"; readonly hex: string };
  /** What other people's work it contains. */
  readonly parts: readonly { readonly name: string; readonly url: string; readonly licence: string }[];
}

/** Everything that is known of a plugin's release once its binaries are there. */
export interface Contents {
  readonly plugin: Plugin;
  readonly revision: Revision;
  readonly binaries: readonly Binary[];
  /** The packages that went into it. */
  readonly components: readonly Component[];
  readonly systemParts: readonly SystemPart[];
}

/** The beginning of every file name of a release: name and version without `v`, as other plugins' releases have it. */
export function releaseName({ name, version }: Pick<Plugin, "name" | "version">): string {
  return `${name}_${version.replace(/^v/, "")}`;
}

/** The name of a binary in a release. */
export function binaryName(plugin: Pick<Plugin, "name" | "version">, target: Target): string {
  return `${releaseName(plugin)}_${target.name}${target.os === "windows" ? ".exe" : ""}`;
}

/** The package URL of a package of npm. */
export function npmUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** A hash of a lockfile in hexadecimal digits. */
export function hexOfIntegrity(integrity: string): string {
  const [, base64] = /^sha512-([A-Za-z0-9+/=]+)$/.exec(integrity) ?? [];
  if (base64 === undefined) throw new Error(`${integrity} is no SHA-512 of a lockfile`);
  return Buffer.from(base64, "base64").toString("hex");
}
