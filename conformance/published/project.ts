import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import rootManifest from "../../package.json" with { type: "json" };
import { packPackages } from "../../scripts/pack.ts";

/** A project outside of this repository that has the published packages installed. */
export interface Project {
  readonly folder: string;
  /** Runs a program and gives its standard output; when it fails, all of its output is in the error. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<string>;
  remove(): Promise<void>;
}

/** Variables of an environment. */
export type Environment = Readonly<Record<string, string>>;

/** How to run a program. */
export interface RunOptions {
  /** The project's folder, unless given. */
  readonly cwd?: string;
  /** Variables beside those of this process. */
  readonly env?: Environment | undefined;
}

/** The environment of what is run in a project. The test runner's variables would make a test runner in there silent. */
export function projectEnvironment(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env } = process.env;
  return env;
}

/** Packs the published packages, and installs the archives by npm in an empty project, with other packages beside them. */
export async function installPublished(others: readonly string[] = []): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "vaultwright-published-"));
  const run: Project["run"] = async (program, args, { cwd = folder, env } = {}) => {
    try {
      const { stdout } = await promisify(execFile)(program, args, { cwd, env: { ...projectEnvironment(), ...env } });
      return stdout;
    } catch (error) {
      const { stdout = "", stderr = "" } = Object(error);
      throw new Error(`${program} ${args.join(" ")} failed\n${stdout}${stderr}`, { cause: error });
    }
  };
  const archives = packPackages(folder).map(({ file }) => file);
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const { typescript, "@types/node": nodeTypes } = rootManifest.devDependencies;
  const tools = [`typescript@${typescript}`, `@types/node@${nodeTypes}`];
  const options = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  await run("npm", ["install", ...options, ...archives, ...tools, ...others]);
  return { folder, run, remove: () => rm(folder, { recursive: true, force: true }) };
}
