import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateKey } from "openpgp";
import { compile } from "../../scripts/compile.ts";
import { plugins, root } from "../../scripts/project.ts";
import { writeArchive } from "../../scripts/release/archive.ts";
import { formatChecksums, sha256OfFile } from "../../scripts/release/checksums.ts";
import { type Binary, binaryName, releaseName } from "../../scripts/release/contents.ts";
import { writeRegisterScript } from "../../scripts/release/register-files.ts";
import { signDetached } from "../../scripts/release/signature.ts";
import { targetsNamed } from "../../scripts/release/targets.ts";

/** The name that a document has for the key of releases. */
const keyFile = "release-key.asc";

/**
 * Writes into a folder what somebody downloads of the store's releases of these versions, for one platform: the archive,
 * the signed checksums, the script that prints how to register, and the key. The binaries are for this machine, whatever
 * the platform in their name says.
 */
export async function writeReleases(folder: string, versions: readonly string[]): Promise<void> {
  const { privateKey } = await generateKey({ userIDs: [{ name: "Releases" }], format: "object" });
  writeFileSync(join(folder, keyFile), privateKey.toPublic().armor());
  for (const version of versions) {
    const { name, checksums } = await writeRelease(folder, version);
    writeFileSync(join(folder, `${name}_SHA256SUMS`), checksums);
    const signature = await signDetached(Buffer.from(checksums), privateKey);
    writeFileSync(join(folder, `${name}_SHA256SUMS.sig`), signature);
  }
}

async function writeRelease(folder: string, version: string): Promise<{ name: string; checksums: string }> {
  const kv = plugins().find(({ name }) => name === "vault-plugin-secrets-kv");
  const [target] = targetsNamed(["linux_amd64"]);
  if (kv === undefined || target === undefined) throw new Error("the store or its platform has another name now");
  const plugin = { ...kv, version: `v${version}` };
  const name = releaseName(plugin);
  const file = binaryName(plugin, target);
  const built = await compileAs(plugin.name, version, file);
  const binary: Binary = { target, file, sha256: await sha256OfFile(built) };

  const archive = `${file}.zip`;
  await writeArchive(join(folder, archive), [{ name: file, content: built, isExecutable: true }], new Date(0));
  writeFileSync(join(folder, `${name}_register.sh`), writeRegisterScript(plugin, [binary]));
  const archived = await sha256OfFile(join(folder, archive));
  const script = await sha256OfFile(join(folder, `${name}_register.sh`));
  const hashes = [
    [archive, archived],
    [file, binary.sha256],
    [`${name}_register.sh`, script],
  ] as const;
  return { name, checksums: formatChecksums(new Map(hashes)) };
}

/** Compiles the store with another version in it. */
async function compileAs(plugin: string, version: string, file: string): Promise<string> {
  // Inside the repository, so that what the program imports is found.
  const folder = join(root, ".cache", "conformance", `release-${version}`);
  mkdirSync(folder, { recursive: true });
  const program = join(folder, "main.ts");
  const source = JSON.stringify(join(root, "plugins", "kv", "src", "kv.ts"));
  const manifest = JSON.stringify({ name: plugin, version });
  writeFileSync(
    program,
    `import { serve } from "@vaultwright/core";\nimport { kv } from ${source};\nawait serve(kv, ${manifest});\n`,
  );
  const built = join(folder, file);
  await compile(program, built);
  chmodSync(built, 0o755);
  return built;
}
