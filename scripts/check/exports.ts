// Builds the core package as it is published and checks that its exports resolve and carry types.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { root } from "../project.ts";

const core = join(root, "packages", "core");
rmSync(join(core, "dist"), { recursive: true, force: true });
execFileSync("tsc", ["-p", "tsconfig.build.json"], { cwd: core, stdio: "inherit" });
const { messages, pkg } = await publint({ pkgDir: core, strict: true });
for (const message of messages) console.error(formatMessage(message, pkg));
process.exitCode = messages.length === 0 ? 0 : 1;
