// `npm run release:publish`: packs the packages and publishes to npm those whose version is not there yet, with a statement
// of provenance. npm takes the right to do so from the workflow's identity.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackages } from "./pack.ts";
import { root } from "./project.ts";
import { runNpm } from "./release/commands.ts";

const destination = mkdtempSync(join(tmpdir(), "vaultwright-publish-"));
try {
  for (const { name, version, file } of packPackages(destination)) {
    const isThere = await isPublished(name, version);
    if (!isThere) await runNpm(root, "publish", file, "--provenance", "--access=public");
    console.log(`${name} ${version} ${isThere ? "was published before" : "is published"}`);
  }
} finally {
  rmSync(destination, { recursive: true });
}

async function isPublished(name: string, version: string): Promise<boolean> {
  try {
    return (await runNpm(root, "view", `${name}@${version}`, "version")) !== "";
  } catch (error) {
    // A package of which nothing was ever published.
    if (error instanceof Error && error.message.includes("E404")) return false;
    throw error;
  }
}
