import { type Elf, kind, number, offsetOf, writeNumber } from "./elf.ts";

/** Entries of the dynamic section that matter here. */
const tag = { end: 0, needed: 1, strings: 5, versions: 0x6ffffffe } as const;

/**
 * Where a program's libraries are found. Since glibc 2.34 libpthread and libdl are empty, and all that they had is in
 * libc under the same versions, so libc stands for them.
 */
const standIn: Readonly<Record<string, "libc" | "libm">> = {
  "libc.so.6": "libc",
  "libpthread.so.0": "libc",
  "libdl.so.2": "libc",
  "libm.so.6": "libm",
};

/**
 * Lets the loader look for the program's libraries at paths that are written when it starts. Names of libraries are
 * offsets from the start of the string table, and the loader adds them without a look at the table's end: so an offset
 * may lead to the stub's data. A name with a slash is a path, for which the loader searches nowhere.
 */
export function redirectLibraries(bytes: Buffer, program: Elf, paths: Readonly<Record<"libc" | "libm", number>>): void {
  const dynamic = program.segments.find((each) => each.kind === kind.dynamic);
  if (dynamic === undefined) throw new Error("the program has no dynamic section; is it statically linked?");
  const entries = [...readDynamic(bytes, dynamic.offset)];
  const table = entries.find((each) => each.tag === tag.strings);
  if (table === undefined) throw new Error("the program's dynamic section names no string table");
  const strings = table.value;

  function redirected(name: number): number | undefined {
    const text = stringAt(bytes, offsetOf(program, strings + name));
    const library = standIn[text];
    if (library !== undefined) return paths[library] - strings;
    // The loader is already there when the libraries are looked for, and knows its own name.
    if (text.startsWith("ld-linux-")) return undefined;
    throw new Error(`the program needs ${text}, which this tool does not know; add it to what is brought along`);
  }

  for (const { at, tag: found, value } of entries) {
    if (found === tag.needed) {
      const name = redirected(value);
      if (name !== undefined) writeNumber(bytes, at + 8, name);
    }
    // For each library there is a list of versions that it must have, which names it again.
    if (found === tag.versions)
      for (const needed of versionNeeds(bytes, offsetOf(program, value))) {
        const name = redirected(bytes.readUInt32LE(needed + 4));
        if (name !== undefined) bytes.writeUInt32LE(name, needed + 4);
      }
  }
}

function* readDynamic(bytes: Buffer, start: number) {
  for (let at = start; number(bytes, at) !== tag.end; at += 16)
    yield { at, tag: number(bytes, at), value: number(bytes, at + 8) };
}

/** Gives where the records of a version section are; each says how far the next one is. */
function* versionNeeds(bytes: Buffer, start: number): Generator<number> {
  for (let at = start, next = -1; next !== 0; at += next) {
    yield at;
    next = bytes.readUInt32LE(at + 12);
  }
}

function stringAt(bytes: Buffer, at: number): string {
  return bytes.toString("latin1", at, bytes.indexOf(0, at));
}
