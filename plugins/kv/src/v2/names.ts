import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { createMemo } from "./memo.ts";

/** How the names of secrets are hidden in the keys of the storage. */
export interface Names {
  /** Where something is stored that belongs to a key, or to a folder, which ends in a slash. */
  pathOf(key: string): string;
  /** Reads a part of such a path back, which lies in the given folder. */
  nameOf(folder: string, part: string): string;
  /** A name for one version of a key, which nobody reads back. */
  versionId(key: string, version: number): string;
}

const ivLength = 16;

/**
 * Makes names out of a mount's secret. Each part of a path is encrypted by itself, so that the storage can list folders, and
 * always to the same text, so that it can be found: its initialization vector is a MAC of the folder and the name (as in
 * SIV mode), which also proves the text genuine. The same name in two folders gives two texts.
 */
export function createNames(secret: Uint8Array): Names {
  const keyFor = (purpose: string) => new Uint8Array(hkdfSync("sha256", secret, "", `kv names: ${purpose}`, 32));
  const [macKey, cipherKey, versionKey] = [keyFor("mac"), keyFor("cipher"), keyFor("version")];

  // Names hold no slash, so the last one tells folder and name apart.
  const vectorOf = (folder: string, name: string) =>
    createHmac("sha256", macKey).update(`${folder}/${name}`).digest().subarray(0, ivLength);

  function hide(folder: string, name: string): string {
    const iv = vectorOf(folder, name);
    const cipher = createCipheriv("aes-256-ctr", cipherKey, iv);
    return Buffer.concat([iv, cipher.update(name, "utf8"), cipher.final()]).toString("base64url");
  }

  function show(folder: string, part: string): string {
    const bytes = Buffer.from(part, "base64url");
    const iv = bytes.subarray(0, ivLength);
    if (iv.length < ivLength) throw new Error("a stored name cannot be read");
    const decipher = createDecipheriv("aes-256-ctr", cipherKey, iv);
    const name = Buffer.concat([decipher.update(bytes.subarray(ivLength)), decipher.final()]).toString();
    if (!timingSafeEqual(iv, vectorOf(folder, name))) throw new Error("a stored name cannot be read");
    return name;
  }

  // A name and its text belong together for ever, and working one out of the other is most of what a list costs.
  const paths = createMemo((key) => {
    const parts = key.split("/");
    return parts.map((name, index) => name && hide(parts.slice(0, index).join("/"), name)).join("/");
  });
  const shown = createMemo((part, folder) => show(folder, part));

  return {
    pathOf: paths,
    nameOf: (folder, part) => shown(part, folder.endsWith("/") ? folder.slice(0, -1) : folder),
    versionId(key, version) {
      const id = createHmac("sha256", versionKey).update(`${version}/${key}`).digest("base64url");
      // Folders of all versions would be too long for some storages.
      return `${id.slice(0, 2)}/${id.slice(2)}`;
    },
  };
}
