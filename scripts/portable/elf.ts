/** Machines that portable files are made for, with their number in ELF headers. */
export const machines = { x64: 62, arm64: 183 } as const;

/** A machine that portable files are made for. */
export type Arch = keyof typeof machines;

/** Kinds of program headers that matter here. */
export const kind = { load: 1, dynamic: 2, interpreter: 3, self: 6 } as const;

/** An entry of an ELF file's program headers: what to do with a part of the file when it is started. */
export interface Segment {
  readonly kind: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly alignment: number;
}

/** What is read of an ELF file. */
export interface Elf {
  readonly bytes: Buffer;
  /** Address of the first instruction. */
  readonly entry: number;
  /** Whether the file is made for addresses of its own and cannot be moved. */
  readonly isFixed: boolean;
  /** Where the program headers are in the file. */
  readonly tableOffset: number;
  readonly segments: readonly Segment[];
}

/** Size of a program header. */
export const segmentSize = 56;

/** Reads an ELF file for one machine. */
export function readElf(bytes: Buffer, arch: Arch, name: string): Elf {
  // 64 bits, little-endian.
  if (bytes.length < 64 || bytes.toString("latin1", 0, 6) !== "\x7fELF\x02\x01")
    throw new Error(`${name} is not a 64-bit little-endian ELF file`);
  const machine = bytes.readUInt16LE(18);
  if (machine !== machines[arch])
    throw new Error(`${name} is for machine ${machine} and not for ${arch} (${machines[arch]})`);
  const tableOffset = number(bytes, 32);
  const count = bytes.readUInt16LE(56);
  const segments = Array.from({ length: count }, (_, index) => readSegment(bytes, tableOffset + index * segmentSize));
  return { bytes, entry: number(bytes, 24), isFixed: bytes.readUInt16LE(16) === 2, tableOffset, segments };
}

function readSegment(bytes: Buffer, at: number): Segment {
  return {
    kind: bytes.readUInt32LE(at),
    flags: bytes.readUInt32LE(at + 4),
    offset: number(bytes, at + 8),
    address: number(bytes, at + 16),
    fileSize: number(bytes, at + 32),
    memorySize: number(bytes, at + 40),
    alignment: number(bytes, at + 48),
  };
}

/** Writes a program header. */
export function writeSegment(bytes: Buffer, at: number, segment: Segment): void {
  bytes.writeUInt32LE(segment.kind, at);
  bytes.writeUInt32LE(segment.flags, at + 4);
  writeNumber(bytes, at + 8, segment.offset);
  writeNumber(bytes, at + 16, segment.address);
  // The physical address, which no system reads, is customarily the same.
  writeNumber(bytes, at + 24, segment.address);
  writeNumber(bytes, at + 32, segment.fileSize);
  writeNumber(bytes, at + 40, segment.memorySize);
  writeNumber(bytes, at + 48, segment.alignment);
}

/** The segments that are mapped into memory, in the order of their addresses. */
export function loaded({ segments }: Elf): readonly Segment[] {
  return segments.filter((segment) => segment.kind === kind.load);
}

/** Where in the file an address is found. */
export function offsetOf(elf: Elf, address: number): number {
  const segment = loaded(elf).find((each) => address >= each.address && address < each.address + each.fileSize);
  if (segment === undefined) throw new Error(`the address 0x${address.toString(16)} is not in the file`);
  return segment.offset + address - segment.address;
}

/** Reads a number of 64 bits, which must be one that JavaScript can count with. */
export function number(bytes: Buffer, at: number): number {
  const value = Number(bytes.readBigUInt64LE(at));
  if (!Number.isSafeInteger(value)) throw new Error(`the number at ${at} of the file is too large`);
  return value;
}

/** Writes a number of 64 bits. */
export function writeNumber(bytes: Buffer, at: number, value: number): void {
  bytes.writeBigUInt64LE(BigInt(value), at);
}
