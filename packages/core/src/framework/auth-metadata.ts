import { UserError } from "../logical/errors.ts";
import { goQuote } from "./coerce/go-quote.ts";
import { DefinitionError } from "./definition-error.ts";
import type { Field } from "./field.ts";
import { t } from "./kinds.ts";

/** What a login knows of the caller that may become metadata of the token and its alias. */
export interface AuthMetadataDefinition {
  /** Chosen unless a request says otherwise; they should rarely change, because each change is written to storage. */
  readonly default: readonly string[];
  /** What a request may choose besides. */
  readonly available?: readonly string[];
}

/** Lets operators choose what of a login becomes metadata. */
export interface AuthMetadata {
  /** The field of the configuration, whose name is the author's. */
  readonly field: Field<readonly string[] | undefined>;
  /** Gives what a request chooses, to be stored; undefined stands for the default, whatever that is by then. */
  parse(given: readonly string[] | undefined, current?: readonly string[]): readonly string[] | undefined;
  /** What a read of the configuration shows. */
  chosen(stored: readonly string[] | undefined): readonly string[];
  /** Gives what a login adds to `metadata` and to `alias.metadata`; empty values are left out. */
  select(
    stored: readonly string[] | undefined,
    values: Readonly<Record<string, string | undefined>>,
  ): ReadonlyMap<string, string>;
}

/** Defines what operators may choose as metadata of logins. */
export function authMetadata(definition: AuthMetadataDefinition): AuthMetadata {
  const { default: usual, available = [] } = definition;
  const all = [...usual, ...available];
  for (const name of all) checkName(name);
  const chosen: AuthMetadata["chosen"] = (stored) => stored ?? usual;
  return {
    field: t.commaStrings({ description: describe(usual, available) }),
    parse: (given, current) => (given === undefined ? current : parse(given, all)),
    chosen,
    select(stored, values) {
      const names = chosen(stored);
      const entries = Object.entries(values).flatMap(([name, value]) =>
        value && names.includes(name) ? [[name, value] as const] : [],
      );
      return new Map(entries);
    },
  };
}

/** Requests choose by lists of names in lower case, so any other name could never be chosen. */
function checkName(name: string): void {
  const why = reasonAgainst(name);
  if (why !== undefined)
    throw new DefinitionError(`authMetadata: the name ${goQuote(name)} could not be chosen: ${why}`);
}

function reasonAgainst(name: string): string | undefined {
  if (name !== name.toLowerCase()) return "write it in lower case";
  if (name === "" || name !== name.trim()) return "it needs a text without white space around it";
  if (name.includes(",")) return "a comma separates names";
  if (name === "default") return `"default" stands for all names of default`;
  return undefined;
}

function parse(given: readonly string[], all: readonly string[]): readonly string[] | undefined {
  const names = [...new Set(given.map((name) => name.trim().toLowerCase()).filter((name) => name !== ""))].sort();
  if (names.length === 1 && names[0] === "default") return undefined;
  if (names.includes("default")) {
    const list = names.map(goQuote).join(" ");
    throw new UserError(`[${list}] contains default - default can't be used in combination with other fields`);
  }
  if (names.every((name) => all.includes(name))) return names;
  const quoted = (list: readonly string[]) => goQuote(list.join(", "));
  throw new UserError(`${quoted(names)} contains an unavailable field, please select from ${quoted(all)}`);
}

function describe(usual: readonly string[], available: readonly string[]): string {
  const list = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));
  return (
    `What logins add to the metadata of tokens and aliases: "default" for ${list(usual)}, ` +
    `nothing for no metadata, or names of these and of ${list(available)}.`
  );
}
