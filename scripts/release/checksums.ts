import { createHash } from "node:crypto";

export { sha256 as sha256OfFile } from "../../packages/vaultwright/src/build/build.ts";

/** Hashes of files by their names, as `sha256sum` writes and checks them. */
export type Checksums = ReadonlyMap<string, string>;

/** The SHA-256 of bytes. */
export function sha256(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Writes checksums, one line a file, in the order of the names. */
export function formatChecksums(checksums: Checksums): string {
  const names = [...checksums.keys()].sort();
  return names.map((name) => `${checksums.get(name)}  ${name}\n`).join("");
}

/** Reads checksums. */
export function parseChecksums(text: string): Checksums {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const [, hash, name] = /^([0-9a-f]{64}) [ *](\S+)$/.exec(line) ?? [];
      if (hash === undefined || name === undefined) throw new Error(`"${line}" is not a line of checksums`);
      return [name, hash];
    }),
  );
}
