import { readMachO } from "../../../packages/vaultwright/src/compile/mach-o/layout.ts";
import { blobs, pageHash, pageSize } from "../../../packages/vaultwright/src/compile/mach-o/sign.ts";

/** What the signature of a Mach-O file says. */
export interface CodeSignature {
  readonly identifier: string;
  /** Whether it is without a certificate. */
  readonly isAdHoc: boolean;
  readonly pages: number;
}

/** Compares a Mach-O file with its signature, page by page, and throws where a kernel would end the program. */
export function checkSignature(bytes: Buffer): CodeSignature {
  const { signature, linkEdit } = readMachO(bytes);
  const { offset, size } = signature;
  if (offset + size !== bytes.length) throw new Error("the signature is not the end of the file");
  const linkEditEnd = linkEdit.fileOffset + Number(bytes.readBigUInt64LE(linkEdit.command + 48));
  if (linkEditEnd !== bytes.length) throw new Error("the segment __LINKEDIT does not end where the file ends");

  const directory = bytes.subarray(directoryOffset(bytes, offset));
  const [hashesAt, nameAt] = [directory.readUInt32BE(16), directory.readUInt32BE(20)];
  const [pages, end] = [directory.readUInt32BE(28), directory.readUInt32BE(32)];
  if (end !== offset) throw new Error(`${end} bytes are signed instead of ${offset}`);
  if (pages !== Math.ceil(end / pageSize)) throw new Error(`${pages} pages are signed, which is not the whole file`);
  for (let page = 0; page < pages; page += 1)
    if (!pageHash(bytes, page, end).equals(directory.subarray(hashesAt + page * 32, hashesAt + page * 32 + 32)))
      throw new Error(`page ${page} is not the one that was signed`);
  return {
    identifier: directory.toString("latin1", nameAt, directory.indexOf(0, nameAt)),
    isAdHoc: (directory.readUInt32BE(12) & 2) !== 0,
    pages,
  };
}

function directoryOffset(bytes: Buffer, offset: number): number {
  if (bytes.readUInt32BE(offset) !== blobs.superBlob) throw new Error("the signature has another form");
  const count = bytes.readUInt32BE(offset + 8);
  for (let index = 0; index < count; index += 1) {
    const at = offset + bytes.readUInt32BE(offset + 16 + index * 8);
    if (bytes.readUInt32BE(at) === blobs.codeDirectory) return at;
  }
  throw new Error("the signature has no hashes of pages");
}
