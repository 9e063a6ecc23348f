import { execFileSync } from "node:child_process";
import { forms } from "../registration.ts";
import { expect, type Release } from "./release.ts";

/** Looks for every package of the bill of materials in the licences. */
export async function checkLicences({ text }: Release): Promise<string> {
  const licences = text("_licences.txt");
  const bill: { components: readonly { name: string; version: string; group?: string }[] } = JSON.parse(
    text(".cdx.json"),
  );
  for (const { name, version } of bill.components)
    expect(licences.includes(`\n${name} ${version}: `), `the licences do not tell of ${name} ${version}`);
  for (const words of ["GNU LESSER GENERAL PUBLIC LICENSE", "Apache License", "Permission is hereby granted"])
    expect(licences.includes(words), `the licences lack the text that has "${words}"`);
  return `${bill.components.length} packages, ${licences.length} characters`;
}

/** Runs the script that prints instructions, for every file and server, and compares it with the JSON file. */
export async function checkInstructions({ path, register }: Release): Promise<string> {
  let count = 0;
  for (const [platform, { file, sha256, ...instructions }] of Object.entries(register.platforms))
    for (const [form, instruction] of Object.entries(instructions)) {
      if (!Object.hasOwn(forms, form)) continue;
      const printed = execFileSync("sh", [path("_register.sh"), platform, form], { encoding: "utf8" });
      expect(printed === instruction, `register.sh and register.json differ for ${platform} on ${form}`);
      expect(printed.includes(sha256) && printed.includes(file), `the instructions for ${file} are of another file`);
      count += 1;
    }
  return `${count} forms`;
}
