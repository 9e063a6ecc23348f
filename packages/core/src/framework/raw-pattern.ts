import { isSlow } from "./ambiguous-pattern.ts";
import { DefinitionError } from "./definition-error.ts";
import type { Pattern } from "./pattern.ts";
import { type Automaton, automatonOf, limitsOf } from "./pattern-automaton.ts";
import { type PatternToken, patternTokens } from "./pattern-tokens.ts";

/** A longer path is not looked at, because the time of some expressions grows with the square of its length. */
const longestPath = 8192;

/** Whether a text is an expression in the spelling of Go, which names a group as `(?P<name>...)`. */
export function isGoExpression(pattern: string): boolean {
  return pattern.includes("(?P<");
}

/** Compiles an expression that Go and JavaScript read alike, anchored at both ends as Go's framework does it. */
export function compileExpression(
  pattern: string | RegExp,
  { acceptsSlash }: { readonly acceptsSlash: boolean },
): Pattern {
  const { source, flags } = pattern instanceof RegExp ? pattern : { source: pattern, flags: "" };
  const name = pattern instanceof RegExp ? `/${source}/` : source;
  if (source === "(?:)") throw new DefinitionError("Routing pattern cannot be blank");
  if (flags !== "") throw new DefinitionError(`path "${name}": the flag ${flags} cannot be used`);
  const tokens = anchored(patternTokens(name, source));
  const expression = compiled(name, tokens);
  const mistake = mistakeIn(tokens, { acceptsSlash });
  if (mistake !== undefined) throw new DefinitionError(`path "${name}": ${mistake}`);
  return { text: tokens.map(({ go }) => go).join(""), expression, segments: undefined, parameters: namesOf(tokens) };
}

function mistakeIn(
  tokens: readonly PatternToken[],
  { acceptsSlash }: { readonly acceptsSlash: boolean },
): string | undefined {
  const automaton = automatonOf(tokens);
  const repeated = repeatedParameter(tokens);
  if (repeated !== undefined)
    return `parameter "${repeated}" is in a repetition, so that which of its values counts is not certain`;
  if (automaton.repeatsNothing) return "a repetition holds what may be empty, which Go and JavaScript read differently";
  if (hasLooseAlternative(tokens)) return "put the alternatives into a group, since anchors bind closer";
  if (acceptsSlash && !canEndInSlash(automaton)) return "list asks for a trailing slash; end the pattern in /?";
  if (isSlow(automaton))
    return "repetitions can share a path in so many ways that it could keep the plugin busy for ever";
  return undefined;
}

function anchored(tokens: readonly PatternToken[]): readonly PatternToken[] {
  const anchor = (text: string): PatternToken => ({ kind: "anchor", go: text, js: text });
  const start = tokens.at(0)?.go === "^" ? [] : [anchor("^")];
  const end = tokens.at(-1)?.go === "$" ? [] : [anchor("$")];
  return [...start, ...tokens, ...end];
}

function compiled(name: string, tokens: readonly PatternToken[]): RegExp {
  const parameters = namesOf(tokens);
  const twice = parameters.find((each, index) => parameters.indexOf(each) !== index);
  // In different alternatives JavaScript would take them.
  if (twice !== undefined) throw new DefinitionError(`path "${name}": parameter "${twice}" occurs twice`);
  try {
    const [, ...others] = tokens;
    return new RegExp(`^(?=[^]{0,${longestPath}}$)${others.map(({ js }) => js).join("")}`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DefinitionError(`path "${name}": ${error.message}`, { cause: error });
  }
}

function namesOf(tokens: readonly PatternToken[]): readonly string[] {
  return tokens.flatMap(({ js }) => /^\(\?<(.*)>$/.exec(js)?.slice(1) ?? []);
}

/** Names a group that can be found more than once: Go and JavaScript do not keep the same of its values. */
function repeatedParameter(tokens: readonly PatternToken[]): string | undefined {
  const starts: number[] = [];
  for (const [index, { kind }] of tokens.entries()) {
    if (kind === "open") starts.push(index);
    if (kind !== "close") continue;
    const names = namesOf(tokens.slice(starts.pop(), index));
    const after = tokens[index + 1];
    if (names.length > 0 && after?.kind === "repeat" && limitsOf(after.go)[1] > 1) return names[0];
  }
  return undefined;
}

/** Whether an alternative stands outside of all groups. */
function hasLooseAlternative(tokens: readonly PatternToken[]): boolean {
  let depth = 0;
  for (const { kind } of tokens) {
    if (kind === "open") depth += 1;
    if (kind === "close") depth -= 1;
    if (kind === "or" && depth === 0) return true;
  }
  return false;
}

/** Whether a path that ends in a slash could match; that of the mount itself comes without one. */
function canEndInSlash({ characters, last, matchesNothing }: Automaton): boolean {
  return matchesNothing || last.some((at) => characters[at]?.test("/"));
}
