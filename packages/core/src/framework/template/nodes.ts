/** What stands alone in a command. */
export type Operand =
  | { readonly kind: "dot" | "nil"; readonly at: number }
  | {
      readonly kind: "literal";
      readonly value: string | number | boolean;
      readonly source: string;
      readonly at: number;
    }
  | { readonly kind: "field"; readonly names: readonly string[]; readonly at: number }
  | { readonly kind: "chain"; readonly base: Operand; readonly names: readonly string[]; readonly at: number }
  | { readonly kind: "function"; readonly name: string; readonly at: number }
  | Pipeline;

/** An operand, or a function with its arguments. */
export interface Command {
  readonly kind: "command";
  readonly first: Operand;
  readonly rest: readonly Operand[];
  readonly at: number;
}

/** Commands of which each gives its value to the next as the last argument. */
export interface Pipeline {
  readonly kind: "pipeline";
  readonly commands: readonly Command[];
  readonly at: number;
}

/** A part of a template. */
export type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "output"; readonly pipeline: Pipeline }
  | {
      readonly kind: "if";
      readonly condition: Pipeline;
      readonly branch: readonly Node[];
      readonly otherwise: readonly Node[];
    };

/** Writes a part of an action as Go shows it in its messages. */
export function sourceOf(node: Operand | Command): string {
  switch (node.kind) {
    case "dot":
      return ".";
    case "nil":
      return "nil";
    case "literal":
      return node.source;
    case "function":
      return node.name;
    case "field":
      return node.names.map((name) => `.${name}`).join("");
    case "chain":
      return `${inParentheses(node.base)}${node.names.map((name) => `.${name}`).join("")}`;
    case "command":
      return [node.first, ...node.rest].map(inParentheses).join(" ");
    case "pipeline":
      return node.commands.map(sourceOf).join(" | ");
    default:
      return node satisfies never;
  }
}

function inParentheses(operand: Operand): string {
  return operand.kind === "pipeline" ? `(${sourceOf(operand)})` : sourceOf(operand);
}
