import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/project.ts";

/** Commands of a document, as they stand there. */
export interface ShellBlock {
  /** The heading that they are under. */
  readonly heading: string;
  readonly commands: string;
  /** What the document shows of their output, in a block of text right behind; absent where it shows none. */
  readonly output?: string;
}

const part = /^## (?<heading>.+)$|^```sh\n(?<commands>[\s\S]*?)^```\n(?:\n```text\n(?<output>[\s\S]*?)^```\n)?/gm;

/** Finds the commands of a document, in their order. */
export function shellBlocks(document: string): readonly ShellBlock[] {
  let heading = "";
  const blocks: ShellBlock[] = [];
  for (const { groups = {} } of readFileSync(join(root, document), "utf8").matchAll(part)) {
    heading = groups["heading"] ?? heading;
    const { commands, output } = groups;
    if (commands !== undefined) blocks.push({ heading, commands, ...(output === undefined ? {} : { output }) });
  }
  return blocks;
}
