import { type Automaton, automatonOf } from "./pattern-automaton.ts";
import type { PatternToken } from "./pattern-tokens.ts";

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
