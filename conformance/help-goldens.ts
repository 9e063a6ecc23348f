import { readFileSync } from "node:fs";
import { join } from "node:path";
import { harness } from "@vaultwright/core/testing";
import { run } from "./goldens.ts";
import { helpSamples } from "./help-samples.ts";

/** An answer to a request for help, as Go's framework gives it. */
export interface HelpGolden {
  readonly sample: string;
  readonly path: string;
  /** The type of mount that the host names in its request. */
  readonly prefix: string;
  readonly answer: unknown;
}

/** Where the goldens are. */
export const helpGoldensFile: string = join(import.meta.dirname, "golden", "help.json");

/** Reads the goldens. */
export function readHelpGoldens(): readonly HelpGolden[] {
  return JSON.parse(readFileSync(helpGoldensFile, "utf8"));
}

/** Makes the goldens anew with Go. */
export function makeHelpGoldens(): string {
  const { stdout } = run("go", ["run", "."], join(import.meta.dirname, "hosts", "openapi"));
  return `${JSON.stringify(JSON.parse(stdout), undefined, 2)}\n`;
}

/** Gives our answer to the same request. */
export async function ourHelp({ sample, path, prefix }: HelpGolden): Promise<unknown> {
  const found = helpSamples.find(({ name }) => name === sample);
  if (found === undefined) throw new Error(`no sample is called "${sample}"`);
  const environment = { version: "1.2.3", versionPrerelease: "", versionMetadata: "" };
  const mount = await harness(() => found.backend, { system: { pluginEnvironment: environment } });
  const answer = await mount.request("help", path, { requestResponsePrefix: prefix });
  return answer?.data;
}
