import { isMachO, readMachO } from "../../packages/vaultwright/src/compile/mach-o/layout.ts";
import type { Target } from "./targets.ts";

/** What an executable says of itself in its first bytes. */
export interface Executable extends Pick<Target, "os" | "arch"> {
  /** The loader that the system must have, where it needs one. */
  readonly interpreter: string | undefined;
}

const elfMachines = new Map<number, Target["arch"]>([
  [62, "amd64"],
  [183, "arm64"],
]);
const peMachines = new Map<number, Target["arch"]>([
  [0x8664, "amd64"],
  [0xaa64, "arm64"],
]);
const interpreterHeader = 3;

/** Reads for which system and processor an executable is: ELF, Mach-O or PE. */
export function readExecutable(bytes: Buffer): Executable {
  if (bytes.subarray(0, 4).equals(Buffer.from("\x7fELF", "latin1")))
    return { os: "linux", arch: known(elfMachines, bytes.readUInt16LE(18)), interpreter: elfInterpreter(bytes) };
  if (isMachO(bytes)) return { os: "darwin", arch: readMachO(bytes).cpu, interpreter: undefined };
  if (bytes.toString("latin1", 0, 2) === "MZ") {
    const at = bytes.readUInt32LE(0x3c);
    if (bytes.toString("latin1", at, at + 4) !== "PE\0\0") throw new Error("this is a program for DOS");
    return { os: "windows", arch: known(peMachines, bytes.readUInt16LE(at + 4)), interpreter: undefined };
  }
  throw new Error("this is no executable of Linux, macOS or Windows");
}

function elfInterpreter(bytes: Buffer): string | undefined {
  const [table, size, count] = [Number(bytes.readBigUInt64LE(32)), bytes.readUInt16LE(54), bytes.readUInt16LE(56)];
  for (let index = 0; index < count; index += 1) {
    const at = table + index * size;
    if (bytes.readUInt32LE(at) !== interpreterHeader) continue;
    const from = Number(bytes.readBigUInt64LE(at + 8));
    return bytes.toString("latin1", from, from + Number(bytes.readBigUInt64LE(at + 32))).replace(/\0+$/, "");
  }
  return undefined;
}

function known(machines: ReadonlyMap<number, Target["arch"]>, machine: number): Target["arch"] {
  const arch = machines.get(machine);
  if (arch === undefined) throw new Error(`the executable is for the unknown processor ${machine}`);
  return arch;
}
