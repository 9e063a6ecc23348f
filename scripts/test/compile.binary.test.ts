import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { compile as compileProgram } from "../../packages/vaultwright/src/compile/compile.ts";
import { compile, pinnedBun } from "../compile.ts";
import { sealedRuntime } from "../sealed-runtime.ts";
import { hostileEnvironment, trusting } from "./hostile-environment.ts";

let directory: string;
let file: string;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), "vaultwright-compile-"));
  file = join(directory, "program");
  writeFileSync(join(directory, "program.ts"), `console.log("own code");`);
  await compile(join(directory, "program.ts"), file);
});

after(() => rmSync(directory, { recursive: true }));

test("compiling the same sources again gives the same bytes", async () => {
  const first = readFileSync(file);

  await compile(join(directory, "program.ts"), file);

  assert.ok(readFileSync(file).equals(first));
});

test("compiling the same sources in another folder gives the same bytes", async () => {
  const { file: bun, version } = pinnedBun();
  const runtime = await sealedRuntime(bun, version);
  const compiled = ["here", "elsewhere/deeper"].map(async (name) => {
    const folder = join(directory, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "main.ts"), `import { path } from "./package.cjs"; console.log(path);`);
    writeFileSync(join(folder, "package.cjs"), "exports.path = __dirname + __filename;");
    await compileProgram(join(folder, "main.ts"), join(folder, "out", "program"), { folder, runtime });
    return readFileSync(join(folder, "out", "program"));
  });

  const [here, elsewhere] = await Promise.all(compiled);

  assert.ok(elsewhere && here?.equals(elsewhere));
});

hostileEnvironment("a compiled program", compile, (program) => {
  test("refuses to start under BUN_JSC_functionOverrides, as under every option of the engine", async () => {
    for (const environment of [
      { BUN_JSC_functionOverrides: "./overrides.txt" },
      { BUN_JSC_configFile: "./options.txt" },
      { BUN_JSC_dumpGeneratedBytecodes: "1" },
    ]) {
      const { code, stdout, stderr } = await program().run(environment);

      assert.equal(code, 1);
      assert.equal(stdout, "");
      assert.match(stderr, /invalid JSC environment variable/);
    }
  });

  test("trusts any server under NODE_TLS_REJECT_UNAUTHORIZED=0, as every program for Node does", async () => {
    const { stdout } = await program().run({ NODE_TLS_REJECT_UNAUTHORIZED: "0" });

    assert.equal(stdout, trusting.stdout);
  });

  if (process.platform === "linux")
    test("is started by the system's loader, which follows LD_PRELOAD and LD_LIBRARY_PATH", async () => {
      const preloaded = await program().run({ LD_PRELOAD: "./missing.so" });
      const misled = await program().run({ LD_LIBRARY_PATH: "./libraries" });

      assert.match(preloaded.stderr, /missing\.so.* from LD_PRELOAD cannot be preloaded/);
      assert.match(misled.stderr, /libm\.so\.6/);
      assert.equal(misled.code, 127);
    });
});
