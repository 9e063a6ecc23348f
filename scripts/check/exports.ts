// Builds the core package as it is published, and checks that its exports carry types and can be imported.
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
if (messages.length > 0) process.exit(1);

// Without the condition of development, the names lead to what was built.
const imports = ["@vaultwright/core", "@vaultwright/core/testing", "@vaultwright/core/launch"];
const program = imports.map((name) => `await import("${name}");`).join("\n");
execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: root, stdio: "inherit" });
