import type { NamedFinding } from "./finding.ts";

/** Writes one line for each finding, the repair below where there is one to make, and the sum. */
export function reportLines(findings: readonly NamedFinding[]): readonly string[] {
  const lines = findings.flatMap((finding) => {
    const line = `${finding.state.padEnd(6)}  ${finding.name}: ${finding.text}`;
    return finding.state === "failed" ? [line, `        repair: ${finding.repair}`] : [line];
  });
  const count = findings.filter(isFailed).length;
  const sum = count === 0 ? "All is well." : `${count} of ${findings.length} checks failed.`;
  return [...lines, "", sum];
}

export function isFailed({ state }: NamedFinding): boolean {
  return state === "failed";
}
