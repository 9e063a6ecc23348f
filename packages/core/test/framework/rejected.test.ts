import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, describe, test } from "node:test";

/** What the compiler must say, for each expected error of rejected.ts in order. */
const messages = [
  ["`:name` has no field", "Property 'name' is missing in type '{ other: "],
  ["period may be absent", "Type 'number | undefined' is not assignable to type 'number'."],
  ["no such field", "Property 'nope' does not exist on type '{ readonly name: string; "],
  ["default not among the values", `Type '"C"' is not assignable to type '"A" | "B" | undefined'.`],
  ["write needs exists", "Property 'exists' is missing in type '{ summary: string; fields: {}; write(): "],
  ["typo in the reply", "Type '{ dta: {}; }' is not assignable to type 'Promise<Reply> | Reply'."],
  ["nothing is required on a read", "Type 'string | undefined' is not assignable to type 'string'."],
  ["a patch may leave out", "Type 'number | null | undefined' is not assignable to type 'number'."],
  ["a group of an expression in Go's spelling has no field", "Property 'name' is missing in type '{ nme: "],
  ["an allowed value of another type", "Type 'string' is not assignable to type 'number'."],
  ["a limited text", "Type 'string' is not assignable to type 'never'."],
  ["no kind of that name", "Property 'integer' does not exist on type 'Kinds'."],
  ["write and update together", "Types of property 'update' are incompatible."],
  ["a secret must say", "Property 'revoke' is missing in type '{ internal: {}; }'"],
  ["a list is no data", "Type '{ data: readonly string[]; }' is not assignable to type 'Promise<Reply> | Reply'."],
  ["nor is a map", "Type '{ data: Map<string, number>; }' is not assignable to type 'Promise<Reply> | Reply'."],
  ["nor is a moment", "Type '{ data: Date; }' is not assignable to type 'Promise<Reply> | Reply'."],
  ["the patch may have removed", "Property 'period' is optional in type "],
  ["a change of another type", "Type 'string' is not assignable to type 'number'."],
] as const;

const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), "rejected-"));
after(() => rmSync(folder, { recursive: true }));

describe("the compiler refuses, and says why,", () => {
  const source = readFileSync(join(here, "rejected.ts"), "utf8");
  const expected = [...source.matchAll(/@ts-expect-error (.*)/g)].map(([, what = ""]) => what);
  const errors = compile(source.replaceAll("@ts-expect-error", "expected:"));

  test("just what is expected", () => {
    assert.equal(expected.length, messages.length);
    assert.equal(errors.length, messages.length, errors.join("\n"));
  });

  for (const [index, [what, message]] of messages.entries())
    test(what, () => {
      assert.ok(expected[index]?.startsWith(what), `expected: ${expected[index]}`);
      assert.ok(errors[index]?.includes(message), `said: ${errors[index]}`);
    });
});

/** Compiles a source beside nothing else, and gives the errors with the lines that explain them. */
function compile(source: string): readonly string[] {
  const core = relative(folder, join(here, "../../src/index.ts"));
  writeFileSync(join(folder, "rejected.ts"), source.replace('"../../src/index.ts"', JSON.stringify(core)));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const settings = { extends: join(here, "../../../../tsconfig.base.json"), compilerOptions: { types: [] } };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "-p", folder, "--pretty", "false"], { encoding: "utf8" });
  return stdout.split(/^(?=\S)/m).filter((error) => error.includes("rejected.ts("));
}
