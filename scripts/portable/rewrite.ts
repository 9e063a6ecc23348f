import {
  type Arch,
  type Elf,
  kind,
  loaded,
  readElf,
  type Segment,
  segmentSize,
  writeNumber,
  writeSegment,
} from "./elf.ts";
import { pathOffset, programHeadersOffset, writeLayout } from "./layout.ts";
import { redirectLibraries } from "./needed.ts";

/** The largest page of any kernel for these machines: what is mapped starts at a multiple of it. */
const page = 0x10000;

/** The files that go into a portable file beside the program. */
export interface Ingredients {
  /** The compiled stub. */
  readonly stub: Buffer;
  /** glibc's loader, `ld-linux-*`. */
  readonly loader: Buffer;
  readonly libc: Buffer;
  readonly libm: Buffer;
}

/** Rewrites a program that needs glibc into one that brings it along. */
export function rewrite(arch: Arch, program: Buffer, ingredients: Ingredients): Buffer {
  const original = readElf(program, arch, "the program");
  if (!original.isFixed)
    throw new Error("the program can be moved in memory; this tool expects one with fixed addresses");
  const stub = stubSegments(arch, ingredients.stub);
  const loader = readElf(ingredients.loader, arch, "glibc's loader");

  // In memory the stub lies above the program, where nothing else can be: the kernel puts the heap behind both.
  const base = roundUp(Math.max(...loaded(original).map((each) => each.address + each.memorySize)));
  // In the file everything is appended, so that nothing moves that is there.
  const file = appendTo(program);
  const codeAt = file.append(stub.code);
  const dataAt = file.append(stub.data);
  const loaderAt = file.append(ingredients.loader);
  const libcAt = file.append(ingredients.libc);
  const libmAt = file.append(ingredients.libm);
  const bytes = file.bytes();

  const dataAddress = base + stub.distance;
  const code = { kind: kind.load, flags: 5, offset: codeAt, address: base, ...sizes(stub.code) };
  const data = { kind: kind.load, flags: 6, offset: dataAt, address: dataAddress, ...sizes(stub.data) };
  writeKernelHeaders(bytes, original, [code, data]);
  // The file starts with the stub.
  writeNumber(bytes, 24, base);

  writeLayout(bytes.subarray(dataAt, dataAt + stub.data.length), {
    programEntry: original.entry,
    programHeaders: loaderHeaders(original, dataAddress + programHeadersOffset),
    loaderSpan: Math.max(...loaded(loader).map((each) => each.address + each.memorySize)),
    loaderEntry: loader.entry,
    loaderSegments: loaded(loader).map((each) => ({ ...each, offset: each.offset + loaderAt })),
    libraries: [
      { name: "libc.so.6", offset: libcAt, size: ingredients.libc.length },
      { name: "libm.so.6", offset: libmAt, size: ingredients.libm.length },
    ],
  });
  redirectLibraries(bytes, original, { libc: dataAddress + pathOffset(0), libm: dataAddress + pathOffset(1) });
  return bytes;
}

interface Stub {
  readonly code: Buffer;
  readonly data: Buffer;
  /** How far the data must be from the code in memory. */
  readonly distance: number;
}

function stubSegments(arch: Arch, file: Buffer): Stub {
  const elf = readElf(file, arch, "the stub");
  const [code, data, ...more] = loaded(elf);
  if (code === undefined || data === undefined || more.length > 0 || code.address !== 0 || elf.entry !== 0)
    throw new Error("the stub must have two segments, and start with its first instruction");
  if (data.address % page !== 0) throw new Error("the stub's data must start at a multiple of the page");
  const part = ({ offset, fileSize }: Segment) => file.subarray(offset, offset + fileSize);
  return { code: part(code), data: part(data), distance: data.address };
}

/**
 * The program headers that the kernel reads. Without PT_INTERP it starts the file itself and looks for no loader; PT_PHDR
 * is for the loader, which gets a table of its own. Their two places are taken by the stub, so the table keeps its size
 * and position. The kernel wants the loaded segments in the order of their addresses.
 */
function writeKernelHeaders(bytes: Buffer, { segments, tableOffset }: Elf, stub: readonly Segment[]): void {
  const kept = segments.filter((each) => each.kind !== kind.interpreter && each.kind !== kind.self);
  if (kept.length + stub.length !== segments.length)
    throw new Error("the program has no PT_INTERP or no PT_PHDR; is it statically linked, or was it rewritten before?");
  const last = kept.findLastIndex((each) => each.kind === kind.load);
  const table = kept.toSpliced(last + 1, 0, ...stub);
  for (const [index, segment] of table.entries()) writeSegment(bytes, tableOffset + index * segmentSize, segment);
}

/**
 * The program headers that glibc's loader reads: those that the program had. The loader takes the difference between
 * where this table is and where PT_PHDR says for how far the program was moved, so PT_PHDR must name the table's new place.
 */
function loaderHeaders({ segments }: Elf, address: number): readonly Segment[] {
  return segments.map((each) => (each.kind === kind.self ? { ...each, address } : each));
}

function sizes({ length }: Buffer): Pick<Segment, "fileSize" | "memorySize" | "alignment"> {
  return { fileSize: length, memorySize: length, alignment: page };
}

/** Collects what is appended to a file. Everything starts at a multiple of the page, since only pages can be mapped. */
function appendTo(program: Buffer) {
  const parts = [program];
  let end = program.length;
  return {
    append(part: Buffer): number {
      const start = roundUp(end);
      parts.push(Buffer.alloc(start - end), part);
      end = start + part.length;
      return start;
    },
    bytes: () => Buffer.concat(parts),
  };
}

function roundUp(value: number): number {
  return Math.ceil(value / page) * page;
}
