import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { compile } from "../compile.ts";

let directory: string;
let file: string;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), "vaultwright-compile-"));
  file = join(directory, "program");
  writeFileSync(join(directory, "program.ts"), `console.log("own code", process.env["FROM_DOTENV"]);`);
  writeFileSync(join(directory, "other.js"), `console.log("other code");`);
  writeFileSync(join(directory, ".env"), "FROM_DOTENV=loaded\n");
  writeFileSync(join(directory, "bunfig.toml"), `preload = ["./other.js"]\n`);
  await compile(join(directory, "program.ts"), file);
});

after(() => rmSync(directory, { recursive: true }));

test("compiling the same sources again gives the same bytes", async () => {
  const first = readFileSync(file);

  await compile(join(directory, "program.ts"), file);

  assert.ok(readFileSync(file).equals(first));
});

const environments: Readonly<Record<string, string>>[] = [
  {},
  { BUN_BE_BUN: "1" },
  { BUN_OPTIONS: "--preload=./other.js" },
  { BUN_INSPECT: "ws://127.0.0.1:0/", BUN_INSPECT_PRELOAD: "./other.js" },
  { NODE_OPTIONS: "--require=./other.js" },
  { BUN_BYTECODE_ORDER_OUT: "./order" },
];

for (const environment of environments) {
  const [name] = Object.keys(environment);
  test(`a compiled program runs only its own code${name === undefined ? "" : ` under ${name}`}`, () => {
    const { stdout, stderr, status } = spawnSync(file, {
      cwd: directory,
      env: { ...process.env, ...environment },
      encoding: "utf8",
    });

    assert.equal(stdout, "own code undefined\n");
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.deepEqual(readdirSync(directory).sort(), [".env", "bunfig.toml", "other.js", "program", "program.ts"]);
  });
}
