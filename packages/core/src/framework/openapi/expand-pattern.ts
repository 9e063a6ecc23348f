import { type PatternNode, parsePattern } from "./pattern-syntax.ts";

/** The paths that a pattern stands for. */
export interface Expansion {
  /** Without a leading slash, with parameters as `{name}`. */
  readonly paths: readonly string[];
  /** The names of all parameters, also of those that some of the paths lack. */
  readonly parameters: ReadonlySet<string>;
}

/** Lists the paths that an anchored pattern stands for; nothing if they cannot be listed. */
export function expandPattern(pattern: string): Expansion | undefined {
  const root = parsePattern(pattern);
  const nodes = visited(root);
  if (nodes.some((node) => node.kind === "unbounded")) return undefined;
  const paths = extended(root, [{ text: "", optionalSlashAt: 0 }])
    .filter(({ text, optionalSlashAt }) => text.length !== optionalSlashAt)
    .map(({ text }) => text);
  return { paths, parameters: new Set(nodes.flatMap((node) => (node.kind === "parameter" ? [node.name] : []))) };
}

/** A path in the making. */
interface Draft {
  readonly text: string;
  /** How long the text was after a slash that may be missing; a path that ends there is the same as the one without. */
  readonly optionalSlashAt: number;
}

function extended(node: PatternNode, drafts: readonly Draft[]): readonly Draft[] {
  switch (node.kind) {
    case "literal":
      return drafts.map((draft) => ({ ...draft, text: draft.text + node.text }));
    case "parameter":
      return drafts.map((draft) => ({ ...draft, text: `${draft.text}{${node.name}}` }));
    case "sequence":
      return node.nodes.reduce((before, child) => extended(child, before), drafts);
    case "alternatives":
      return node.nodes.flatMap((child) => extended(child, drafts));
    case "optional":
      return [...drafts, ...markedIfSlash(node.node, extended(node.node, drafts))];
    case "group":
      return extended(node.node, drafts);
    case "nothing":
    case "unbounded":
      return drafts;
  }
}

function markedIfSlash(node: PatternNode, drafts: readonly Draft[]): readonly Draft[] {
  if (node.kind !== "literal" || node.text !== "/") return drafts;
  return drafts.map(({ text }) => ({ text, optionalSlashAt: text.length }));
}

/** A node with all that are in it. */
function visited(node: PatternNode): readonly PatternNode[] {
  if (node.kind === "sequence" || node.kind === "alternatives") return [node, ...node.nodes.flatMap(visited)];
  return node.kind === "optional" || node.kind === "group" ? [node, ...visited(node.node)] : [node];
}
