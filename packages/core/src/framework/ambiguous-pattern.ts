import type { Automaton } from "./pattern-automaton.ts";

/** Gives the places at which several readings of one text may be next. */
type Following = (places: string) => readonly string[];

/**
 * Says whether the time of matching grows faster than with the square of a path's length. JavaScript tries all ways in
 * which repetitions can share a text, where Go takes linear time for every expression. There are exponentially many ways
 * if some text leads from a place back to it in two ways, as in `(a+)+`, and too many if a text can be shared by three
 * repetitions, as in `a*a*a*`.
 */
export function isSlow({ characters, next }: Automaton): boolean {
  const following = followingOf(characters, next);
  const loops = characters.flatMap((_character, at) => (reach(places(at), following).has(places(at)) ? [at] : []));
  if (loops.some((at) => hasTwoWaysBack(at, next, following))) return true;
  const shared = loops.flatMap((from) =>
    loops
      .filter((to) => from !== to && reach(places(from, from, to), following).has(places(from, to, to)))
      .map((to) => [from, to] as const),
  );
  return shared.some(([, to]) =>
    shared.some(([from]) => to === from || reach(places(to), following).has(places(from))),
  );
}

function hasTwoWaysBack(at: number, next: Automaton["next"], following: Following): boolean {
  const returns = (from: string) => reach(from, following).has(places(at, at));
  if ([...(next[at] ?? [])].some(([to, ways]) => ways > 1 && returns(places(to, to)))) return true;
  return [...reach(places(at, at), following)].some((pair) => !isOfOne(pair) && returns(pair));
}

/** The places at which several readings of the same text are. */
function places(...at: readonly number[]): string {
  return at.join();
}

function isOfOne(pair: string): boolean {
  const [a, b] = pair.split(",");
  return a === b;
}

/** Readings can go on together where one character may stand at all of their next places. */
function followingOf(characters: readonly RegExp[], next: Automaton["next"]): Following {
  const alphabet = alphabetOf(characters);
  const members = characters.map((character) => new Set(alphabet.filter((each) => character.test(each))));
  const together = (before: readonly Step[], at: number): readonly Step[] =>
    before.flatMap(({ places, shared }) =>
      [...(next[at]?.keys() ?? [])]
        .map((to) => ({ places: [...places, to], shared: shared.intersection(members[to] ?? new Set()) }))
        .filter((step) => step.shared.size > 0),
    );
  const found = new Map<string, readonly string[]>();
  return (from) => {
    const known = found.get(from);
    if (known) return known;
    const steps = from
      .split(",")
      .map(Number)
      .reduce(together, [{ places: [], shared: new Set(alphabet) }]);
    const all = steps.map((step) => places(...step.places));
    found.set(from, all);
    return all;
  };
}

/** Where some readings go, and the characters that take them there. */
interface Step {
  readonly places: readonly number[];
  readonly shared: ReadonlySet<string>;
}

/** All that follows, directly or not. */
function reach(start: string, following: Following): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let from = open.pop(); from !== undefined; from = open.pop())
    for (const after of following(from).filter((each) => !seen.has(each))) {
      seen.add(after);
      open.push(after);
    }
  return seen;
}

/** Characters that are enough to tell the classes of an expression apart. */
function alphabetOf(characters: readonly RegExp[]): readonly string[] {
  const ascii = Array.from({ length: 128 }, (_none, code) => String.fromCharCode(code));
  const others = characters.flatMap(({ source }) => source.match(/[^\0-\x7f]/g) ?? []);
  return [...ascii, ...others, "\u00e9"];
}
