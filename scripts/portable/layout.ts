import { type Segment, segmentSize, writeNumber, writeSegment } from "./elf.ts";

/** A library inside the portable file. */
export interface Library {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** What the stub has to know of the file it is in; the counterpart of `layout` in stub.c. */
export interface Layout {
  readonly programEntry: number;
  readonly programHeaders: readonly Segment[];
  /** Memory that the loader needs in one piece. */
  readonly loaderSpan: number;
  readonly loaderEntry: number;
  /** The loader's segments, with offsets in the portable file. */
  readonly loaderSegments: readonly Segment[];
  readonly libraries: readonly Library[];
}

/** Where things are in `layout`; the compiler of stub.c checks the same numbers. */
const at = { libraries: 40, loaderSegments: 152, programHeaders: 600 } as const;
const most = { libraries: 2, loaderSegments: 8, programHeaders: 16 } as const;
const library = { size: 56, name: 16, path: 32 } as const;

/** Where the program headers are in `layout`, which is at the start of the stub's data. */
export const programHeadersOffset: number = at.programHeaders;

/** Where the path of a library is in `layout`. */
export function pathOffset(index: number): number {
  return at.libraries + index * library.size + library.path;
}

/** Writes `layout` over the start of the stub's data. */
export function writeLayout(data: Buffer, layout: Layout): void {
  for (const name of ["libraries", "loaderSegments", "programHeaders"] as const)
    if (layout[name].length > most[name])
      throw new Error(`${layout[name].length} ${name}, but the stub has room for ${most[name]}; enlarge it in stub.c`);
  const { programEntry, programHeaders, loaderSpan, loaderEntry, loaderSegments } = layout;
  const numbers = [programEntry, programHeaders.length, loaderSpan, loaderEntry, loaderSegments.length];
  for (const [index, value] of numbers.entries()) writeNumber(data, index * 8, value);
  for (const [index, { name, offset, size }] of layout.libraries.entries()) {
    const start = at.libraries + index * library.size;
    writeNumber(data, start, offset);
    writeNumber(data, start + 8, size);
    data.write(name, start + library.name, "latin1");
    // The stub adds the number of the descriptor.
    data.write("/proc/self/fd/", start + library.path, "latin1");
  }
  for (const [index, segment] of loaderSegments.entries())
    writeSegment(data, at.loaderSegments + index * segmentSize, segment);
  for (const [index, segment] of programHeaders.entries())
    writeSegment(data, at.programHeaders + index * segmentSize, segment);
}
