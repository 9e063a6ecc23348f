import { join } from "node:path";
import { compile } from "../../packages/vaultwright/src/compile/compile.ts";
import { makePortable } from "../portable/make-portable.ts";
import { type Plugin, root } from "../project.ts";
import { sha256OfFile } from "./checksums.ts";
import { type Binary, binaryName } from "./contents.ts";
import { isoDate, type Revision } from "./revision.ts";
import { runtimeOf } from "./runtimes.ts";
import type { Target } from "./targets.ts";

/** Where a binary goes, and what it says of itself. */
export interface BinaryOptions {
  readonly folder: string;
  readonly revision: Revision;
  /** Where to write which sources went into it. */
  readonly metafile: string;
}

/** Compiles a plugin for a target, and finishes the file as its system needs it. */
export async function buildBinary(plugin: Plugin, target: Target, options: BinaryOptions): Promise<Binary> {
  const { folder, revision, metafile } = options;
  const name = binaryName(plugin, target);
  const file = join(folder, name);
  await compile(plugin.entry, file, {
    folder: root,
    runtime: await runtimeOf(target),
    conditions: ["@vaultwright/source"],
    platform: target.platform,
    stamp: { commit: revision.commit, date: isoDate(revision.date) },
    metafile,
  });
  if (target.isPortable) await makePortable({ file, arch: target.arch === "amd64" ? "x64" : "arm64" });
  return { target, file: name, sha256: await sha256OfFile(file) };
}
