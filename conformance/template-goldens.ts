import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nameTemplate } from "@vaultwright/core";
import { run } from "./goldens.ts";
import { templateData, templates } from "./template-samples.ts";

/** What is made of a user-name template. */
export type TemplateGolden = { readonly template: string } & ({ readonly text: string } | { readonly error: string });

/** Where the goldens are. */
export const templateGoldensFile: string = join(import.meta.dirname, "golden", "templates.json");

/** Reads the goldens. */
export function readTemplateGoldens(): readonly TemplateGolden[] {
  return JSON.parse(readFileSync(templateGoldensFile, "utf8"));
}

/** Makes the goldens anew with Go. */
export function makeTemplateGoldens(): string {
  const module = join(import.meta.dirname, "hosts", "templates");
  const { stdout } = run("go", ["run", ".", JSON.stringify(templates)], module);
  return `${JSON.stringify(JSON.parse(stdout), undefined, 2)}\n`;
}

/** Gives what we make of the same template. */
export function ourTemplate(template: string): TemplateGolden {
  try {
    return { template, text: nameTemplate(template).generate(templateData) };
  } catch (error) {
    return { template, error: error instanceof Error ? error.message : String(error) };
  }
}
