import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.ts";

/** Where the generated code is, below the repository's folder. */
export const generatedFolder = "packages/core/src/gen";

/** Writes the code of proto/ below a folder, and its compiled descriptors, with which reflection answers. */
export function generateInto(folder: string): void {
  execFileSync("buf", ["generate", "--output", folder], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  const descriptors = execFileSync(
    "buf",
    ["build", "--as-file-descriptor-set", "--exclude-source-info", "--output", "-#format=binpb"],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  const text = [
    "// Compiled from proto/ by buf. DO NOT EDIT.",
    "",
    "/** A google.protobuf.FileDescriptorSet of all messages and services, in base64. */",
    `export const descriptors: string =\n  "${descriptors.toString("base64")}";`,
    "",
  ];
  writeFileSync(join(folder, generatedFolder, "descriptors.ts"), text.join("\n"));
}
