import { createHash } from "node:crypto";
import { readMachO } from "./layout.ts";

/** Numbers of Apple's kern/cs_blobs.h. */
export const blobs = { superBlob: 0xfade0cc0, codeDirectory: 0xfade0c02 } as const;

/** Pages as the signature counts them; the kernel compares each page with its hash when it is first used. */
export const pageSize = 4096;

const directoryVersion = 0x20400;
/** CS_ADHOC and CS_LINKER_SIGNED: what linkers write, so that a real signature may later take its place. */
const adHocFlags = 0x20002;
const mainBinary = 1n;
const sha256 = 2;
const headerSize = 88;
const superBlobSize = 20;

/**
 * Signs a Mach-O file ad hoc, in place of the signature that it has. macOS ends a program whose pages are not those of its
 * signature, and on ARM64 one without a signature; the signature that the runtime brought along is of other pages.
 * Nobody vouches by such a signature: it has no certificate.
 */
export function signAdHoc(original: Buffer, identifier: string): Buffer {
  const layout = readMachO(original);
  const { offset } = layout.signature;
  const pages = Math.ceil(offset / pageSize);
  const name = Buffer.from(`${identifier}\0`);
  const hashesAt = headerSize + name.length;
  const directorySize = hashesAt + pages * 32;
  const size = align(superBlobSize + directorySize, 16);

  const signed = Buffer.alloc(offset + size);
  original.copy(signed, 0, 0, offset);
  signed.writeUInt32LE(size, layout.signatureCommand + 12);
  const { command, fileOffset } = layout.linkEdit;
  const linkEditSize = offset + size - fileOffset;
  signed.writeBigUInt64LE(BigInt(linkEditSize), command + 48);
  signed.writeBigUInt64LE(BigInt(align(linkEditSize, 0x4000)), command + 32);

  const words = [blobs.superBlob, superBlobSize + directorySize, 1, 0, superBlobSize];
  for (const [index, word] of words.entries()) signed.writeUInt32BE(word, offset + index * 4);
  const directory = signed.subarray(offset + superBlobSize);
  const header = [
    blobs.codeDirectory,
    directorySize,
    directoryVersion,
    adHocFlags,
    hashesAt,
    headerSize,
    0, // no hashes of other parts, such as entitlements
    pages,
    offset, // everything before the signature is signed
  ];
  for (const [index, word] of header.entries()) directory.writeUInt32BE(word, index * 4);
  directory.set([32, sha256, 0, Math.log2(pageSize)], 36);
  directory.writeBigUInt64BE(BigInt(layout.text.fileOffset), 64);
  directory.writeBigUInt64BE(BigInt(layout.text.fileSize), 72);
  directory.writeBigUInt64BE(mainBinary, 80);
  name.copy(directory, headerSize);
  for (let page = 0; page < pages; page += 1) pageHash(signed, page, offset).copy(directory, hashesAt + page * 32);
  return signed;
}

/** The hash of a page; the last one ends where the signed part ends. */
export function pageHash(bytes: Buffer, page: number, end: number): Buffer {
  const from = page * pageSize;
  return createHash("sha256")
    .update(bytes.subarray(from, Math.min(from + pageSize, end)))
    .digest();
}

function align(size: number, to: number): number {
  return Math.ceil(size / to) * to;
}
