import type { PatternToken } from "./pattern-tokens.ts";

/** An expression as the places of its characters. */
export interface Automaton {
  /** What stands at each place. */
  readonly characters: readonly RegExp[];
  /** The places that may follow each place, with the number of ways to get there. */
  readonly next: readonly ReadonlyMap<number, number>[];
  /** The places at which a text may end. */
  readonly last: readonly number[];
  readonly matchesNothing: boolean;
  /** Whether something is repeated that would rather be empty: Go takes it as empty then, and JavaScript does not. */
  readonly repeatsNothing: boolean;
}

/** A part of an automaton. */
interface Fragment {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly isOptional: boolean;
  /** How many characters it takes: one number, several, or any. */
  readonly length: number | "various" | "unbounded";
}

const nothing: Fragment = { first: [], last: [], isOptional: true, length: 0 };

/** Reads an expression that is known to compile. */
export function automatonOf(tokens: readonly PatternToken[]): Automaton {
  const characters: RegExp[] = [];
  const next: Map<number, number>[] = [];
  let position = 0;
  let repeatsNothing = false;

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
      length: all.map(({ length }) => length).reduce((one, other) => (one === other ? one : wider(one, other))),
    };
  }

  function sequence(): Fragment {
    let whole = nothing;
    for (let token = tokens[position]; token && token.kind !== "or" && token.kind !== "close"; token = tokens[position])
      whole = joined(whole, repeated());
    return whole;
  }

  /** Reads one part with the repetition after it. */
  function repeated(): Fragment {
    const start = position;
    const part = single();
    const token = tokens[position];
    if (token?.kind !== "repeat") return part;
    const end = position + 1;
    repeatsNothing ||= part.isOptional && tokens.slice(start, position).some(prefersLess);
    const [least, most] = limitsOf(token.go);
    const whole = isLoop(part, most) ? looped(part, least) : copied(part, { start, least, most });
    position = end;
    return least === 0 ? optional(whole) : whole;
  }

  /** Reads a part as often as it is repeated; more often than four times makes no difference where its length is fixed. */
  function copied(part: Fragment, limits: { readonly start: number; readonly least: number; readonly most: number }) {
    let whole = part;
    for (let copies = 1; copies < Math.min(limits.most, 4); copies += 1) {
      position = limits.start;
      const copy = single();
      whole = joined(whole, copies < limits.least ? copy : optional(copy));
    }
    return whole;
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
    return { first: [at], last: [at], isOptional: false, length: 1 };
  }

  function looped(part: Fragment, least: number): Fragment {
    connect(part.last, part.first);
    // Of so many times that are asked for, JavaScript lets any be empty.
    if (part.isOptional && least > 1) connect(part.last, part.first);
    return { ...part, length: "unbounded" };
  }

  function joined(left: Fragment, right: Fragment): Fragment {
    connect(left.last, right.first);
    return {
      first: left.isOptional ? [...left.first, ...right.first] : left.first,
      last: right.isOptional ? [...left.last, ...right.last] : right.last,
      isOptional: left.isOptional && right.isOptional,
      length: sum(left.length, right.length),
    };
  }

  function connect(from: readonly number[], to: readonly number[]): void {
    for (const source of from) for (const target of to) next[source]?.set(target, (next[source]?.get(target) ?? 0) + 1);
  }

  const { last, isOptional } = alternatives();
  return { characters, next, last, matchesNothing: isOptional, repeatsNothing };
}

function isLoop({ length }: Fragment, most: number): boolean {
  if (most === Number.POSITIVE_INFINITY) return true;
  // A few lengths, taken many times, can be added up in as many ways as without a limit.
  return (length === "unbounded" && most > 1) || (length === "various" && most > 4);
}

function optional(part: Fragment): Fragment {
  return { ...part, isOptional: true, length: part.length === 0 ? 0 : wider(part.length, 0) };
}

function sum(one: Fragment["length"], other: Fragment["length"]): Fragment["length"] {
  return typeof one === "number" && typeof other === "number" ? one + other : wider(one, other);
}

function wider(one: Fragment["length"], other: Fragment["length"]): Fragment["length"] {
  return one === "unbounded" || other === "unbounded" ? "unbounded" : "various";
}

function prefersLess({ kind, go }: PatternToken): boolean {
  return kind === "or" || (kind === "repeat" && /.\?$/.test(go));
}

/** How often a repetition may take what is before it. */
export function limitsOf(repetition: string): readonly [least: number, most: number] {
  if (repetition.startsWith("*")) return [0, Number.POSITIVE_INFINITY];
  if (repetition.startsWith("+")) return [1, Number.POSITIVE_INFINITY];
  if (repetition.startsWith("?")) return [0, 1];
  const [, least = "", comma, most = ""] = /^\{(\d+)(,?)(\d*)/.exec(repetition) ?? [];
  if (comma === "") return [Number(least), Number(least)];
  return [Number(least), most === "" ? Number.POSITIVE_INFINITY : Number(most)];
}
