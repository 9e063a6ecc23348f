import { typeByName } from "../usage.ts";
import { sha256Of } from "./checksum.ts";
import { checkDescriptors } from "./descriptors.ts";
import type { NamedFinding } from "./finding.ts";
import { checkMemory } from "./memory.ts";
import { checkPermissions } from "./permissions.ts";
import { readProc } from "./proc.ts";
import { checkProgram, type Program, thisProgram } from "./program.ts";
import { registrationLines } from "./registration.ts";
import { isFailed, reportLines } from "./report.ts";
import { runSelfTest, type SelfTest } from "./self-test.ts";
import { checkSocketDirectory } from "./socket-directory.ts";
import { checkVariables } from "./variables.ts";

/** What the doctor says, and whether all is well. */
export interface Diagnosis {
  readonly text: string;
  readonly isWell: boolean;
}

/** Examines the plugin that this process is, and the machine that it is on. */
export async function examine(name: string, version: string): Promise<Diagnosis> {
  const program = thisProgram(process);
  const selfTest = await runSelfTest(program, version);
  const findings = findingsOf(program, selfTest);
  const type = selfTest.type ?? typeByName(name);
  const { file, isCompiled } = program;
  const sha256 = await sha256Of(file);
  const lines = [
    `${name} ${version} is ${type === undefined ? "a plugin" : kinds[type]} for Vault and OpenBao.`,
    `  file    ${file}`,
    `  sha256  ${sha256}`,
    "",
    ...(isCompiled ? [...registrationLines({ name, version, type, file, sha256 }), ""] : []),
    ...reportLines(findings),
  ];
  return { text: `${lines.join("\n")}\n`, isWell: !findings.some(isFailed) };
}

const kinds = { secret: "a secrets engine", auth: "an auth method" } as const;

function findingsOf(program: Program, selfTest: SelfTest): readonly NamedFinding[] {
  const limits = readProc("/proc/self/limits");
  return [
    { name: "program", ...checkProgram(program) },
    // A script's file is not what a host would start.
    ...(program.isCompiled ? [{ name: "file", ...checkPermissions(program.file) }] : []),
    { name: "socket directory", ...checkSocketDirectory(process.env) },
    { name: "environment", ...checkVariables(process.env) },
    { name: "open files", ...checkDescriptors(limits) },
    { name: "memory", ...checkMemory({ limits, swaps: readProc("/proc/swaps") }) },
    { name: "self-test", ...selfTest.finding },
  ];
}
