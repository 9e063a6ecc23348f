// Compiles the plugins for this platform into dist/bin.
import { statSync } from "node:fs";
import { relative } from "node:path";
import { CommandError } from "../packages/vaultwright/src/command-error.ts";
import { binaryPath, compile } from "./compile.ts";
import { plugins, root } from "./project.ts";

try {
  await compileEach();
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function compileEach(): Promise<void> {
  for (const plugin of plugins()) {
    const file = binaryPath(plugin.name);
    const started = performance.now();
    await compile(plugin.entry, file);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const megabytes = (statSync(file).size / 1e6).toFixed(0);
    console.log(`${relative(root, file)}  ${plugin.version}  ${megabytes} MB  ${seconds} s`);
  }
}
