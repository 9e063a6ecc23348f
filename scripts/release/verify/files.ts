import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readArchive } from "../archive.ts";
import { sha256, sha256OfFile } from "../checksums.ts";
import { keyVariables, readTrustedKey, verifyDetached } from "../signature.ts";
import { expect, type Release } from "./release.ts";

/** Compares every file with its checksum, and refuses files that have none. */
export async function checkHashes({ folder, name, checksums, binaries }: Release): Promise<string> {
  const unlisted = new Set([`${name}_SHA256SUMS`, `${name}_SHA256SUMS.sig`, `${name}_public-key.asc`]);
  for (const file of await readdir(folder))
    expect(checksums.has(file) || unlisted.has(file), `${file} is not in SHA256SUMS`);
  for (const [file, expected] of checksums)
    expect((await sha256OfFile(join(folder, file))) === expected, `${file} has another SHA-256 than SHA256SUMS says`);
  for (const { file, sha256: expected } of binaries)
    expect(checksums.get(file) === expected, `register.json has another SHA-256 for ${file} than SHA256SUMS`);
  return `${checksums.size} files`;
}

/** Whether a release that nobody has signed passes. */
export interface SignaturePolicy {
  readonly isSignatureRequired: boolean;
}

/** Verifies who signed the checksums. The key beside them proves nothing; the trusted one comes from the environment. */
export async function checkSignatureOfSums(release: Release, policy: SignaturePolicy): Promise<string> {
  const { folder, path } = release;
  const isSigned = (await readdir(folder)).includes(basename(path("_SHA256SUMS.sig")));
  expect(isSigned || !policy.isSignatureRequired, "SHA256SUMS is not signed");
  if (!isSigned) return "NOT SIGNED: nobody vouches for these files";
  const key = await readTrustedKey();
  expect(key !== undefined, `SHA256SUMS is signed; put the key that you trust into ${keyVariables.publicKey}`);
  const [sums, signature] = await Promise.all([readFile(path("_SHA256SUMS")), readFile(path("_SHA256SUMS.sig"))]);
  return `signed by ${await verifyDetached(sums, signature, key)}`;
}

/** Unpacks every archive: it has the binary of the same name, and the licences. */
export async function checkArchives({ folder, binaries }: Release): Promise<string> {
  for (const { file, sha256: expected } of binaries) {
    const archive = `${file.replace(/\.exe$/, "")}.zip`;
    const entries = await readArchive(join(folder, archive));
    const names = [...entries.keys()].sort();
    expect(names.join() === ["LICENSE.txt", "licences.txt", file].sort().join(), `${archive} has ${names.join(", ")}`);
    const binary = entries.get(file);
    expect(binary !== undefined && sha256(binary) === expected, `${file} in ${archive} is another one`);
  }
  return `${binaries.length} archives`;
}
