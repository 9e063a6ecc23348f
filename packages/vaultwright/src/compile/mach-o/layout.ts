/**
 * The parts of a 64-bit Mach-O file that its signature is about. Names and numbers are those of Apple's headers
 * mach-o/loader.h and kern/cs_blobs.h; the file is little-endian, the signature big-endian.
 */
export interface MachO {
  readonly cpu: "amd64" | "arm64";
  /** Where in the file the load command is that leads to the signature. */
  readonly signatureCommand: number;
  /** Where the signature begins, and how long it is. */
  readonly signature: { readonly offset: number; readonly size: number };
  /** Where the load command of the last segment is, which holds the signature. */
  readonly linkEdit: { readonly command: number; readonly fileOffset: number };
  /** The bytes that hold the code. */
  readonly text: { readonly fileOffset: number; readonly fileSize: number };
}

const magic64 = 0xfeedfacf;
const segment64 = 0x19;
const codeSignature = 0x1d;
const cpus = new Map<number, MachO["cpu"]>([
  [0x0100_0007, "amd64"],
  [0x0100_000c, "arm64"],
]);

/** Tells whether a file begins as a 64-bit Mach-O file. */
export function isMachO(bytes: Buffer): boolean {
  return bytes.length >= 32 && bytes.readUInt32LE(0) === magic64;
}

/** Reads where the parts are. */
export function readMachO(bytes: Buffer): MachO {
  if (!isMachO(bytes)) throw new Error("this is not a 64-bit Mach-O file");
  const cpu = cpus.get(bytes.readUInt32LE(4));
  if (cpu === undefined) throw new Error(`the Mach-O file is for the unknown processor ${bytes.readUInt32LE(4)}`);
  const commands = [...loadCommands(bytes)];
  const [signatureCommand] = commands.filter(({ kind }) => kind === codeSignature);
  if (signatureCommand === undefined) throw new Error("the Mach-O file has no place for a signature");
  const segmentNamed = (name: string) => {
    const found = commands.find(({ kind, at }) => kind === segment64 && segmentName(bytes, at) === name);
    if (found === undefined) throw new Error(`the Mach-O file has no segment ${name}`);
    const [fileOffset, fileSize] = [bytes.readBigUInt64LE(found.at + 40), bytes.readBigUInt64LE(found.at + 48)];
    return { command: found.at, fileOffset: Number(fileOffset), fileSize: Number(fileSize) };
  };
  const { at } = signatureCommand;
  return {
    cpu,
    signatureCommand: at,
    signature: { offset: bytes.readUInt32LE(at + 8), size: bytes.readUInt32LE(at + 12) },
    linkEdit: segmentNamed("__LINKEDIT"),
    text: segmentNamed("__TEXT"),
  };
}

function* loadCommands(bytes: Buffer): Generator<{ readonly kind: number; readonly at: number }> {
  const count = bytes.readUInt32LE(16);
  let at = 32;
  for (let index = 0; index < count; index += 1) {
    yield { kind: bytes.readUInt32LE(at), at };
    at += bytes.readUInt32LE(at + 4);
  }
}

function segmentName(bytes: Buffer, at: number): string {
  return bytes.toString("latin1", at + 8, at + 24).replace(/\0+$/, "");
}
