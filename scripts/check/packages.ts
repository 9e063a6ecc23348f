// Packs what is published as npm would, and checks that exports, files and types of each package fit.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { type PackedPackage, packPackages } from "../pack.ts";

const destination = mkdtempSync(join(tmpdir(), "vaultwright-packages-"));
try {
  const problems: string[] = [];
  for (const packed of packPackages(destination)) {
    const found = [...(await publishingProblems(packed)), ...(await typeProblems(packed))];
    problems.push(...found.map((problem) => `${packed.name}: ${problem}`));
  }
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(destination, { recursive: true });
}

async function publishingProblems({ file }: PackedPackage): Promise<readonly string[]> {
  const tarball = new Uint8Array(readFileSync(file)).buffer;
  const { messages, pkg } = await publint({ strict: true, pack: { tarball } });
  return messages.map((message) => formatMessage(message, pkg) ?? message.code);
}

async function typeProblems({ file }: PackedPackage): Promise<readonly string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(file)));
  if (!analysis.types) return [];
  // The packages are modules only: who uses `require`, or resolves as before there were exports, is not served.
  const served = analysis.problems.filter(
    (problem) => !("resolutionKind" in problem) || !["node10", "node16-cjs"].includes(problem.resolutionKind),
  );
  return served.map((problem) => JSON.stringify(problem));
}
