import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sealedVariables } from "../../../packages/vaultwright/src/compile/sealed-runtime.ts";
import type { Binary } from "../contents.ts";
import { readExecutable } from "../executable.ts";
import { checkSignature } from "./mach-o.ts";
import { expect, type Release } from "./release.ts";

/** Reads every binary's first bytes, its signature where it has one, and that dangerous variables are taken out. */
export async function checkExecutables(release: Release): Promise<string> {
  for (const binary of release.binaries) {
    const bytes = await readFile(join(release.folder, binary.file));
    try {
      checkExecutable(bytes, binary);
    } catch (error) {
      throw new Error(`${binary.file}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }
  return release.binaries.map(({ target }) => target.name).join(", ");
}

function checkExecutable(bytes: Buffer, { target, file }: Binary): void {
  const { os, arch, interpreter } = readExecutable(bytes);
  expect(os === target.os && arch === target.arch, `it is for ${os} on ${arch}`);
  const needsLoader = os === "linux" && !target.isPortable;
  expect((interpreter !== undefined) === needsLoader, `its loader is ${interpreter ?? "none"}`);
  // The plugin's own words of warning name the variables too, so that the names as such may be there.
  for (const name of sealedVariables)
    expect(bytes.includes(`=${name.slice(1)}`), `${name} is not taken out of its runtime`);
  if (os !== "darwin") return;
  const { identifier, isAdHoc } = checkSignature(bytes);
  expect(isAdHoc && identifier === file, `its signature is of ${identifier}`);
}
