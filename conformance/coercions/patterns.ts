import { DefinitionError, type Path, path, t } from "@vaultwright/core";
import type { Dice } from "../fuzz.ts";
import { pick } from "./texts.ts";

const characters = [
  ...[
    "a",
    "b",
    "A",
    "7",
    "_",
    "-",
    ".",
    "/",
    "@",
    "$",
    " ",
    "\t",
    "\n",
    "\r",
    "\v",
    "\u00a0",
    "\u2028",
    "\u00e9",
    "\u017f",
  ],
] as const;
const atoms = [
  ...[
    "a",
    "b",
    "7",
    "-",
    "/",
    "@",
    "\u00e9",
    ".",
    "\\.",
    "\\/",
    "\\-",
    "\\_",
    "\\@",
    "\\$",
    "\\x41",
    "\\\\",
    "\\t",
    "\\n",
  ],
  ...[
    "\\w",
    "\\W",
    "\\d",
    "\\D",
    "\\s",
    "\\S",
    "[ab]",
    "[^/]",
    "[\\w-.]",
    "[\\w.@-]",
    "[^\\s]",
    "[\\S7]",
    "[\\s\\S]",
    "[^\\Wa]",
  ],
  ...[
    "[a-c]",
    "[]a]",
    "[^]a]",
    "[[:alpha:]]",
    "\\A",
    "\\z",
    "\\Qa.\\E",
    "\\pL",
    "\\b",
    "\\B",
    "^",
    "$",
    "(?i)",
    "(?=a)",
    "]",
  ],
] as const;
const repetitions = [
  "",
  "",
  "",
  "?",
  "*",
  "+",
  "??",
  "*?",
  "+?",
  "{2}",
  "{1,2}",
  "{0,}",
  "{,2}",
  "{1001}",
  "**",
] as const;

/** Makes an expression in Go's spelling with a named group, and paths that it may match. */
export function makeRouting(dice: Dice): { readonly pattern: string; readonly paths: readonly string[] } {
  const first = pick(dice, ["", "", "x", "^", "roles/"]);
  const pattern = `${first}(?P<p>${sequence(dice, 2)})${pick(dice, repetitions)}${sequence(dice, 1)}${pick(dice, ["", "", "$"])}`;
  const paths = Array.from({ length: 12 }, () => {
    const text = Array.from({ length: dice(6) }, () => pick(dice, characters)).join("");
    return first === "^" ? text : first + text;
  });
  return { pattern, paths };
}

function sequence(dice: Dice, depth: number): string {
  return Array.from({ length: dice(4) }, () => part(dice, depth) + pick(dice, repetitions)).join("");
}

function part(dice: Dice, depth: number): string {
  if (depth === 0 || dice(4) > 0) return pick(dice, atoms);
  const inside = `${sequence(dice, depth - 1)}${pick(dice, ["", `|${sequence(dice, depth - 1)}`])}`;
  return `${pick(dice, ["(", "(?:", `(?P<g${dice(3)}>`])}${inside})`;
}

/** Says what our framework captures of each path, or why it refuses the pattern. */
export function routeOurs(pattern: string, paths: readonly string[]): readonly unknown[] | string {
  try {
    const made = withGroups(pattern);
    return paths.map((each) => {
      const found = made.match(each);
      return found ? Object.fromEntries(found) : null;
    });
  } catch (error) {
    if (error instanceof DefinitionError) return error.message;
    throw error;
  }
}

function withGroups(pattern: string): Path {
  const text = t.string();
  return path(pattern, { summary: "", fields: { p: text, g0: text, g1: text, g2: text }, read() {} });
}
