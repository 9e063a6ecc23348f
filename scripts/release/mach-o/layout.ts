export { isMachO, type MachO, readMachO } from "../../../packages/vaultwright/src/compile/mach-o/layout.ts";
