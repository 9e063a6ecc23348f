import { globSync } from "node:fs";
import { plugins, root } from "../project.ts";
import { readOutput } from "./commands.ts";

/** What is to be done on a revision. */
export interface Plan {
  /** Whether versions are to be counted first. */
  readonly hasChangesets: boolean;
  /** Plugins whose version has no tag yet. */
  readonly plugins: readonly string[];
}

/** The tag of a plugin's version, in changesets' form. */
export function tagOf(name: string, version: string): string {
  return `${name}@${version.replace(/^v/, "")}`;
}

/** Reads from changesets and tags what a repository has to do. */
export async function readPlan(folder: string = root): Promise<Plan> {
  const changesets = globSync(".changeset/*.md", { cwd: folder }).filter((file) => !file.endsWith("README.md"));
  const tags = new Set((await readOutput("git", ["tag", "--list"], { cwd: folder })).split("\n"));
  const untagged = plugins(`${folder}/plugins`).filter(({ name, version }) => !tags.has(tagOf(name, version)));
  return { hasChangesets: changesets.length > 0, plugins: untagged.map(({ name }) => name) };
}

/** Writes a plan as the outputs of a step of a workflow. */
export function formatPlan(plan: Plan): string {
  return `has-changesets=${plan.hasChangesets}\nplugins=${plan.plugins.join(" ")}\n`;
}
