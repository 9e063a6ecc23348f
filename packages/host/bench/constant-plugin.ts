import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a plugin that answers every read with the same into a folder, and gives its file's name. */
export function writeConstantPlugin(directory: string): string {
  const name = "constant";
  const core = import.meta.resolve("@vaultwright/core");
  const source = `#!${process.execPath} --conditions=@vaultwright/source
import { path, secretsEngine, serve } from ${JSON.stringify(core)};
const constant = path("constant", { summary: "Answers.", fields: {}, read: () => ({ data: { constant: true } }) });
const engine = () => secretsEngine({ help: "Answers.", paths: [constant] });
await serve(engine, { name: "constant", version: "1.0.0" });
`;
  writeFileSync(join(directory, name), source);
  chmodSync(join(directory, name), 0o755);
  return name;
}
