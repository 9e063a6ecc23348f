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

const tokens = new RegExp(
  [
    /\(\?P?<(?![=!])[^>]+>/, // start of a named group
    /\(\?[a-zA-Z-]*[:)]/, // flags, or start of a group that captures nothing
    /\(\??/, // start of a group, or of what looks around
    /[*+?]\??|\{\d+(?:,\d*)?\}\??/, // repetition
    /\[\^?\]?(?:\\.|[^\]\\])*\]/, // class of characters
    /\\?./, // anything else
  ]
    .map((expression) => expression.source)
    .join("|"),
  "gsu",
);

/** Parses a pattern that is known to compile, in the spelling of Go. What only JavaScript knows counts as unbounded. */
export function parsePattern(pattern: string): PatternNode {
  const all = pattern.match(tokens) ?? [];
  let position = 0;
  let ignoresCase = false;

  function parseAlternatives(): PatternNode {
    const nodes = [parseSequence()];
    while (all[position] === "|") {
      position++;
      nodes.push(parseSequence());
    }
    return joined("alternatives", nodes);
  }

  function parseSequence(): PatternNode {
    const nodes: PatternNode[] = [];
    for (let token = all[position]; token !== undefined && token !== "|" && token !== ")"; token = all[position]) {
      position++;
      const last = nodes.at(-1);
      if (last && isRepetition(token)) nodes[nodes.length - 1] = repeated(last, token);
      else nodes.push(token.startsWith("(") ? parseGroup(token) : single(token));
    }
    return joined("sequence", nodes);
  }

  function parseGroup(start: string): PatternNode {
    const outside = ignoresCase;
    const [, flags = "", end] = /^\(\?([a-zA-Z-]*)([:)])$/.exec(start) ?? [];
    if (flags.includes("i")) ignoresCase = !/-.*i/.test(flags);
    if (end === ")") return { kind: "nothing" };
    const node = parseAlternatives();
    position++;
    ignoresCase = outside;
    if (end === ":") return node;
    if (start === "(") return { kind: "group", node };
    const [, name] = /<(.+)>/s.exec(start) ?? [];
    return name === undefined ? { kind: "unbounded" } : { kind: "parameter", name };
  }

  function single(token: string): PatternNode {
    if (/^(?:[\^$]|\\[bBAz])$/.test(token)) return { kind: "nothing" };
    const text = textOf(token);
    if (text === undefined) return { kind: "unbounded" };
    // Go keeps such a text in upper case.
    return { kind: "literal", text: ignoresCase ? text.toUpperCase() : text };
  }

  return parseAlternatives();
}

function joined(kind: "alternatives" | "sequence", nodes: readonly PatternNode[]): PatternNode {
  const [first, ...others] = nodes;
  return first && others.length === 0 ? first : { kind, nodes };
}

function isRepetition(token: string): boolean {
  return /^(?:[*+?]|\{\d)/.test(token);
}

function repeated(node: PatternNode, repetition: string): PatternNode {
  if (!repetition.startsWith("?")) return { kind: "unbounded" };
  return node.kind === "optional" ? node : { kind: "optional", node };
}

/** The one character that a token stands for. */
function textOf(token: string): string | undefined {
  const [, member] = /^\[(?!\^)(\\?.)\]$/su.exec(token) ?? [];
  if (token === "." || (member === undefined && token.startsWith("["))) return undefined;
  const character = member ?? token;
  return /^\\[A-Za-z\d]/.test(character) ? undefined : character.replace(/^\\(?=.)/s, "");
}
