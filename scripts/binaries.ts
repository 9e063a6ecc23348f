// Compiles the plugins for this platform into dist/bin.
import { statSync } from "node:fs";
import { relative } from "node:path";
import { binaryPath, compile } from "./compile.ts";
import { plugins, root } from "./project.ts";

for (const plugin of plugins()) {
  const file = binaryPath(plugin.name);
  const started = performance.now();
  await compile(plugin.entry, file);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const megabytes = (statSync(file).size / 1e6).toFixed(0);
  console.log(`${relative(root, file)}  ${plugin.version}  ${megabytes} MB  ${seconds} s`);
}
