const signatureOffset = 10_000;

/** A small Mach-O file with room for a signature: headers, one segment of code, and the segment for the signature. */
export function machO(cpu: "amd64" | "arm64"): Buffer {
  const bytes = Buffer.alloc(signatureOffset + 16, 7);
  bytes.fill(0, 0, 32 + 72 + 72 + 16);
  bytes.writeUInt32LE(0xfeedfacf, 0);
  bytes.writeUInt32LE(cpu === "amd64" ? 0x0100_0007 : 0x0100_000c, 4);
  bytes.writeUInt32LE(3, 16);
  segment(bytes, 32, "__TEXT", { offset: 0, size: 8192 });
  segment(bytes, 104, "__LINKEDIT", { offset: 8192, size: bytes.length - 8192 });
  bytes.writeUInt32LE(0x1d, 176);
  bytes.writeUInt32LE(16, 180);
  bytes.writeUInt32LE(signatureOffset, 184);
  bytes.writeUInt32LE(16, 188);
  return bytes;
}

/** The beginning of an ELF file that needs a loader, or none. */
export function elf(machine: number, interpreter?: string): Buffer {
  const bytes = Buffer.alloc(64 + 56 + 64);
  bytes.write("\x7fELF\x02\x01", "latin1");
  bytes.writeUInt16LE(machine, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(interpreter === undefined ? 1 : 3, 64);
  bytes.writeBigUInt64LE(120n, 72);
  bytes.writeBigUInt64LE(BigInt((interpreter ?? "").length + 1), 96);
  bytes.write(`${interpreter ?? ""}\0`, 120);
  return bytes;
}

/** The beginning of a program for Windows. */
export function portableExecutable(machine: number): Buffer {
  const bytes = Buffer.alloc(256);
  bytes.write("MZ");
  bytes.writeUInt32LE(128, 0x3c);
  bytes.write("PE\0\0", 128);
  bytes.writeUInt16LE(machine, 132);
  return bytes;
}

function segment(bytes: Buffer, at: number, name: string, part: { offset: number; size: number }): void {
  bytes.writeUInt32LE(0x19, at);
  bytes.writeUInt32LE(72, at + 4);
  bytes.write(name, at + 8);
  bytes.writeBigUInt64LE(BigInt(part.offset), at + 40);
  bytes.writeBigUInt64LE(BigInt(part.size), at + 48);
}
