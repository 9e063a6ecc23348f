import { patternTokens } from "../pattern-tokens.ts";

/** What a part of a pattern stands for. */
export type PatternNode =
  /** Nothing that a path shows, such as an anchor. */
  | { readonly kind: "nothing" }
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "sequence"; readonly nodes: readonly PatternNode[] }
  | { readonly kind: "alternatives"; readonly nodes: readonly PatternNode[] }
  | { readonly kind: "optional"; readonly node: PatternNode }
  /** A group that captures without a name. */
  | { readonly kind: "group"; readonly node: PatternNode }
  | { readonly kind: "parameter"; readonly name: string }
  /** Any of many texts, which no path can show. */
  | { readonly kind: "unbounded" };

/** Parses the pattern of a path, which is known to compile. */
export function parsePattern(pattern: string): PatternNode {
  const tokens = patternTokens(pattern, pattern);
  let position = 0;

  function parseAlternatives(): PatternNode {
    const nodes = [parseSequence()];
    while (tokens[position]?.kind === "or") {
      position++;
      nodes.push(parseSequence());
    }
    return joined("alternatives", nodes);
  }

  function parseSequence(): PatternNode {
    const nodes: PatternNode[] = [];
    for (
      let token = tokens[position];
      token && token.kind !== "or" && token.kind !== "close";
      token = tokens[position]
    ) {
      position++;
      const last = nodes.at(-1);
      if (token.kind === "repeat" && last) nodes[nodes.length - 1] = repeated(last, token.go);
      else if (token.kind === "open") nodes.push(parseGroup(token.go));
      else nodes.push(token.kind === "anchor" ? { kind: "nothing" } : single(token.go));
    }
    return joined("sequence", nodes);
  }

  function parseGroup(start: string): PatternNode {
    const node = parseAlternatives();
    position++;
    const [, name] = /<(.+)>/.exec(start) ?? [];
    if (name !== undefined) return { kind: "parameter", name };
    return start === "(" ? { kind: "group", node } : node;
  }

  return parseAlternatives();
}

function joined(kind: "alternatives" | "sequence", nodes: readonly PatternNode[]): PatternNode {
  const [first, ...others] = nodes;
  return first && others.length === 0 ? first : { kind, nodes };
}

function repeated(node: PatternNode, repetition: string): PatternNode {
  if (!repetition.startsWith("?")) return { kind: "unbounded" };
  return node.kind === "optional" ? node : { kind: "optional", node };
}

/** Reads what stands for one character. */
function single(token: string): PatternNode {
  const [, member] = /^\[(?!\^)(\\?.)\]$/su.exec(token) ?? [];
  if (token === "." || (member === undefined && token.startsWith("["))) return { kind: "unbounded" };
  const character = member ?? token;
  if (/^\\[A-Za-z\d]/.test(character)) return { kind: "unbounded" };
  return { kind: "literal", text: character.replace(/^\\(?=.)/s, "") };
}
