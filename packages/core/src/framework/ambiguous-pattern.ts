import type { PatternToken } from "./pattern-tokens.ts";

/** The characters of an expression as numbers, and which may follow which; an edge is counted for each way to take it. */
interface Automaton {
  readonly characters: readonly RegExp[];
  readonly next: readonly ReadonlyMap<number, number>[];
}

/** A part of an automaton. */
interface Fragment {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly isOptional: boolean;
  readonly repeats: boolean;
}

const nothing: Fragment = { first: [], last: [], isOptional: true, repeats: false };

/**
 * Says whether a path could keep the matching busy for ever: JavaScript tries all ways in which a repetition can be
 * split, and there are exponentially many if some text leads from a character back to it in two ways, as in `(a+)+`. Go
 * takes linear time for every expression. The expression is known to compile.
 */
export function isExponential(tokens: readonly PatternToken[]): boolean {
  const { characters, next } = automatonOf(tokens);
  const alphabet = alphabetOf(tokens);
  const members = characters.map((character) => new Set(alphabet.filter((each) => character.test(each))));
  const overlap = (a: number, b: number) => !(members[a] ?? new Set()).isDisjointFrom(members[b] ?? new Set());
  const forward = pairsOf(next, overlap);
  return characters.some((_character, at) => {
    const own = `${at},${at}`;
    const reached = reach(own, forward);
    if (!reached.has(own)) return false;
    const takesTwoWays = [...(next[at] ?? [])].some(([to, ways]) => ways > 1 && reach(`${to},${to}`, forward).has(own));
    return takesTwoWays || [...reached].some((pair) => isOfTwo(pair) && reach(pair, forward).has(own));
  });
}

/** Gives what follows a pair of characters at which two readings of the same text are. */
function pairsOf(
  next: Automaton["next"],
  overlap: (a: number, b: number) => boolean,
): (pair: string) => readonly string[] {
  return (pair) => {
    const [a = 0, b = 0] = pair.split(",").map(Number);
    const both = [...(next[a]?.keys() ?? [])].flatMap((to) =>
      [...(next[b]?.keys() ?? [])].map((other) => [to, other] as const),
    );
    return both.filter(([to, other]) => overlap(to, other)).map(String);
  };
}

/** All that follows, directly or not. */
function reach(start: string, following: (pair: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop())
    for (const after of following(pair))
      if (!seen.has(after)) {
        seen.add(after);
        open.push(after);
      }
  return seen;
}

function isOfTwo(pair: string): boolean {
  const [a, b] = pair.split(",");
  return a !== b;
}

/** Characters that are enough to tell the classes of an expression apart. */
function alphabetOf(tokens: readonly PatternToken[]): readonly string[] {
  const ascii = Array.from({ length: 128 }, (_none, code) => String.fromCharCode(code));
  const named = tokens.flatMap(({ go }) => [...go]).filter((character) => character > "\u007f");
  return [...ascii, ...named, "\u00e9"];
}

function automatonOf(tokens: readonly PatternToken[]): Automaton {
  const characters: RegExp[] = [];
  const next: Map<number, number>[] = [];
  let position = 0;

  function alternatives(): Fragment {
    const all = [sequence()];
    while (tokens[position]?.kind === "or") {
      position += 1;
      all.push(sequence());
    }
    return {
      first: all.flatMap(({ first }) => first),
      last: all.flatMap(({ last }) => last),
      isOptional: all.some(({ isOptional }) => isOptional),
      repeats: all.some(({ repeats }) => repeats),
    };
  }

  function sequence(): Fragment {
    let whole = nothing;
    for (let token = tokens[position]; token && token.kind !== "or" && token.kind !== "close"; token = tokens[position])
      whole = joined(whole, repeated());
    return whole;
  }

  /** Reads one part with the repetition after it; a part that is repeated so many times is read as often as that matters. */
  function repeated(): Fragment {
    const start = position;
    const part = single();
    const token = tokens[position];
    if (token?.kind !== "repeat") return part;
    const end = position + 1;
    const [least, most] = limitsOf(token.go);
    let whole = most === Number.POSITIVE_INFINITY || (part.repeats && most > 1) ? looped(part) : part;
    if (whole === part)
      for (let copies = 1; copies < Math.min(most, 4); copies += 1) {
        position = start;
        const copy = single();
        whole = joined(whole, copies < least ? copy : { ...copy, isOptional: true });
      }
    position = end;
    return least === 0 ? { ...whole, isOptional: true } : whole;
  }

  function single(): Fragment {
    const token = tokens[position];
    position += 1;
    if (token?.kind === "open") {
      const inside = alternatives();
      position += 1;
      return inside;
    }
    if (token?.kind !== "one") return nothing;
    const at = characters.push(new RegExp(`^${token.js}$`)) - 1;
    next.push(new Map());
    return { first: [at], last: [at], isOptional: false, repeats: false };
  }

  function looped(part: Fragment): Fragment {
    connect(part.last, part.first);
    return { ...part, repeats: true };
  }

  function joined(left: Fragment, right: Fragment): Fragment {
    connect(left.last, right.first);
    return {
      first: left.isOptional ? [...left.first, ...right.first] : left.first,
      last: right.isOptional ? [...left.last, ...right.last] : right.last,
      isOptional: left.isOptional && right.isOptional,
      repeats: left.repeats || right.repeats,
    };
  }

  function connect(from: readonly number[], to: readonly number[]): void {
    for (const source of from) for (const target of to) next[source]?.set(target, (next[source]?.get(target) ?? 0) + 1);
  }

  alternatives();
  return { characters, next };
}

function limitsOf(repetition: string): readonly [least: number, most: number] {
  if (repetition.startsWith("*")) return [0, Number.POSITIVE_INFINITY];
  if (repetition.startsWith("+")) return [1, Number.POSITIVE_INFINITY];
  if (repetition.startsWith("?")) return [0, 1];
  const [, least = "", comma, most = ""] = /^\{(\d+)(,?)(\d*)/.exec(repetition) ?? [];
  if (comma === "") return [Number(least), Number(least)];
  return [Number(least), most === "" ? Number.POSITIVE_INFINITY : Number(most)];
}
