import { goQuote } from "../coerce/go-quote.ts";
import { parseNumber, unquote, unquoteCharacter } from "./literals.ts";
import type { Command, Node, Operand, Pipeline } from "./nodes.ts";
import { parseFault } from "./template-fault.ts";
import { type Token, type TokenKind, tokensOf } from "./tokens.ts";

const deepest = 1000;

const keywords: readonly string[] = [
  ...["if", "else", "end"],
  ...["range", "with", "define", "block", "template", "break", "continue"],
];

/** Parses a template that may use some functions; what is wrong is thrown as `TemplateFault`. */
export function parseTemplate(source: string, hasFunction: (name: string) => boolean): readonly Node[] {
  const tokens = tokensOf(source);
  let next = take();
  let depth = 0;
  const { nodes, end } = list();
  if (end) throw fault(`unexpected {{${end}}}`);
  return nodes;

  function take(): Token {
    const { value } = tokens.next();
    if (!value) throw new Error("nothing follows the end of a template");
    return value;
  }

  function advance(): Token {
    const token = next;
    if (token.kind !== "end") next = take();
    return token;
  }

  function fault(message: string): Error {
    return parseFault(source, next.at, message);
  }

  function unexpected(where: string): Error {
    const { kind, text } = next;
    if (kind === "end") return fault("unexpected EOF");
    const isKeyword = kind === "name" && keywords.includes(text);
    const shown = [...text].length > 10 ? `${goQuote([...text].slice(0, 10).join(""))}...` : goQuote(text);
    return fault(`unexpected ${isKeyword ? `<${text}>` : shown} in ${where}`);
  }

  function expectClose(where: string): void {
    if (next.kind !== "close") throw unexpected(where);
    advance();
  }

  /** Reads up to the end of the template, or up to the action that ends or divides a branch, which it takes too. */
  function list(): { readonly nodes: readonly Node[]; readonly end?: "end" | "else" } {
    const nodes: Node[] = [];
    for (;;) {
      const token = advance();
      if (token.kind === "end") return { nodes };
      if (token.kind === "text") {
        nodes.push({ kind: "text", text: token.text });
        continue;
      }
      const { kind, text } = next;
      if (kind !== "name" || !keywords.includes(text)) {
        nodes.push({ kind: "output", pipeline: pipeline("command", "close") });
        continue;
      }
      if (text === "if") nodes.push(branch());
      else if (text === "end" || text === "else") return { nodes, end: endOf(text) };
      else throw fault(`{{${text}}} is not supported`);
    }
  }

  function endOf(text: "end" | "else"): "end" | "else" {
    advance();
    // The condition of an `else if` is left to whoever reads the branch.
    if (text === "end" || next.text !== "if") expectClose(text);
    return text;
  }

  function branch(): Node {
    enter();
    advance();
    const condition = pipeline("if", "close");
    const then = list();
    const otherwise = then.end === "else" ? alternative() : { nodes: [], end: then.end };
    if (otherwise.end === undefined) throw fault("unexpected EOF");
    if (otherwise.end === "else") throw fault("expected end; found {{else}}");
    depth -= 1;
    return { kind: "if", condition, branch: then.nodes, otherwise: otherwise.nodes };
  }

  /** One `end` closes a whole chain of `else if`. */
  function alternative(): ReturnType<typeof list> {
    return next.kind === "name" && next.text === "if" ? { nodes: [branch()], end: "end" } : list();
  }

  function enter(): void {
    depth += 1;
    if (depth > deepest) throw fault("max expression depth exceeded");
  }

  function pipeline(where: string, end: TokenKind | ")"): Pipeline {
    const { at } = next;
    const commands: Command[] = [];
    while (next.kind !== end && next.text !== end) {
      const from = next;
      const found = command(where);
      if (commands.length > 0 && ["dot", "nil", "literal"].includes(found.first.kind))
        throw parseFault(source, from.at, `non executable command in pipeline stage ${commands.length + 1}`);
      commands.push(found);
    }
    if (commands.length === 0) throw fault(`missing value for ${where}`);
    advance();
    return { kind: "pipeline", commands, at };
  }

  function command(where: string): Command {
    const { at } = next;
    const first = operand();
    if (!first) throw unexpected(where);
    const rest: Operand[] = [];
    while (next.isSpaced && next.kind !== "close") {
      const more = operand();
      if (!more) break;
      rest.push(more);
    }
    if (next.text === "|" && next.kind === "other") advance();
    else if (next.kind !== "close" && next.text !== ")") throw unexpected("operand");
    return { kind: "command", first, rest, at };
  }

  function operand(): Operand | undefined {
    const base = term();
    const { at } = next;
    const names: string[] = [];
    while (base && next.kind === "field" && !next.isSpaced) names.push(advance().text.slice(1));
    if (!base || names.length === 0) return base;
    if (base.kind === "field") return { kind: "field", names: [...base.names, ...names], at };
    if (base.kind === "function" || base.kind === "pipeline") return { kind: "chain", base, names, at };
    throw fault("unexpected . after term");
  }

  function term(): Operand | undefined {
    const { kind, text, at } = next;
    switch (kind) {
      case "dot":
        advance();
        return { kind: "dot", at };
      case "field":
        advance();
        return { kind: "field", names: [text.slice(1)], at };
      case "name":
        return named(text, at);
      case "number":
        return literal(parseNumber(text), `illegal number syntax: ${goQuote(text)}`);
      case "string":
        return literal(unquote(text), "invalid syntax");
      case "char":
        return literal(unquoteCharacter(text), `malformed character constant: ${text}`);
      default:
        return text === "(" ? inParentheses() : undefined;
    }
  }

  function inParentheses(): Pipeline {
    enter();
    advance();
    const inner = pipeline("parenthesized pipeline", ")");
    depth -= 1;
    return inner;
  }

  function named(text: string, at: number): Operand | undefined {
    if (keywords.includes(text)) return undefined;
    const isBoolean = text === "true" || text === "false";
    if (isBoolean) return literal(text === "true", "");
    if (text !== "nil" && !hasFunction(text)) throw fault(`function ${goQuote(text)} not defined`);
    advance();
    return text === "nil" ? { kind: "nil", at } : { kind: "function", name: text, at };
  }

  function literal(value: string | number | boolean | undefined, otherwise: string): Operand {
    const { text, at } = next;
    if (value === undefined) throw fault(otherwise);
    advance();
    return { kind: "literal", value, source: text, at };
  }
}
