// Generates the code of proto/ into a temporary folder and compares it with what is committed.
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generatedFolder as folder, generateInto } from "../generate-into.ts";
import { root } from "../project.ts";

const temporary = mkdtempSync(join(tmpdir(), "vaultwright-generated-"));
try {
  generateInto(temporary);
  const differing = differences(join(root, folder), join(temporary, folder));
  for (const file of differing) console.error(`${folder}/${file} is not what proto/ makes`);
  process.exitCode = differing.length === 0 ? 0 : 1;
} finally {
  rmSync(temporary, { recursive: true });
}

function differences(committed: string, generated: string): readonly string[] {
  const [left, right] = [filesOf(committed), filesOf(generated)];
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.filter((name) => left.get(name) !== right.get(name));
}

function filesOf(directory: string): ReadonlyMap<string, string> {
  const names = globSync("**/*.ts", { cwd: directory });
  return new Map(names.map((name) => [name, readFileSync(join(directory, name), "utf8")]));
}
